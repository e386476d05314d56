//! A name that the knowledge base has, or the longer name that it is only the beginning of.

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        beside::push,
        capital::{is_half_of_given, is_month_surname},
        gazetteer::{self, is_person, is_state_body, own_body},
        joint::is_portfolio,
        landmark::{body_of, is_firm_of_two, is_somebody_behind, is_trade_name},
        lexicon::ThingClass,
        mention::{Candidate, Ctx, Cue, Hit},
        runs::{is_suffix, particle_run, run_end},
        stretch::{is_of_a_family, name_pair, nickname, unknown},
        wordsets::WordSet,
    },
    syntax::{tag::is_common_word, token::Shape},
};

/// Adds a name of the knowledge base, or the longer name that it is only the beginning of; returns where to go on.
pub(super) fn known_name(
    ctx: &Ctx<'_>,
    out: &mut Vec<Candidate>,
    i: usize,
    len: usize,
    hits: Vec<Hit>,
) -> usize {
    let end = i + len;
    let known = Known {
        ctx,
        i,
        end,
        hits: &hits,
    };
    // "Ministry of Housing" is only the beginning of "Ministry of Housing, Communities and Local Government".
    let portfolio = matches!(ctx.word(end), "," | "and") && is_portfolio(ctx, i, end);
    if portfolio || is_firm_of_two(ctx, i, len, &hits) {
        return unknown(ctx, out, i, end);
    }
    if known.has_stop() {
        push(ctx, out, i..end + 1, hits);
        return end + 1;
    }
    if is_suffix(ctx, end) && known.are_people() {
        // "Donald Trump Jr." is not Donald Trump.
        return unknown(ctx, out, i, end);
    }
    if known.is_body_of() {
        return body_of(ctx, out, i, end, hits);
    }
    if known.is_before_letters() {
        push(ctx, out, i..end, hits);
        return end + 1;
    }
    if let Some(team) = known.team_end() {
        return push_body(ctx, out, i, team);
    }
    if known.is_initials() {
        return unknown(ctx, out, i, end + 1);
    }
    if known.is_before_nickname() {
        return unknown(ctx, out, i, end);
    }
    let hyphened = known.is_hyphened();
    if hyphened && known.is_hyphened_body() {
        return unknown(ctx, out, i, end + 2);
    }
    let particles = known.leads_to_particles();
    if !(known.goes_on() || hyphened && known.are_people() || particles) {
        push(ctx, out, i..end, hits);
        return end;
    }
    if let Some(end) = known.service_end() {
        return push_body(ctx, out, i, end);
    }
    if let Some(part) = known.broadcast_part_end() {
        return push_body(ctx, out, i, part);
    }
    if known.is_before_game() {
        return push_body(ctx, out, i, end + 1);
    }
    let next = gazetteer::longest(ctx, end);
    // "US Congress", "U.S. Food and Drug Administration": one name.
    if let Some((next_len, next_hits)) = &next
        && !known.is_adjective()
        && let Some(own) = own_body(ctx, &hits, next_hits)
    {
        push(ctx, out, i..end + next_len, own);
        return end + next_len;
    }
    // "the Philippine Red Cross": the society of one country.
    if known.is_adjective()
        && known.is_single()
        && ctx.word(end) == "red"
        && matches!(ctx.word(end + 1), "cross" | "crescent")
        && ctx.capital(end + 1)
    {
        return push_body(ctx, out, i, end + 2);
    }
    if let Some((next_len, next_hits)) = &next
        && known.is_branch(*next_len, next_hits)
    {
        return push_body(ctx, out, i, end + next_len);
    }
    if !hyphened && known.has_second_surname(next.as_ref()) {
        push(ctx, out, i..end + 1, hits);
        return end + 1;
    }
    if !known.is_called_after_places() && known.ends_before(next.as_ref(), particles) {
        push(ctx, out, i..end, hits);
        return end;
    }
    unknown(ctx, out, i, end)
}

/// Adds the body that the tokens from `i` to `end` name; the knowledge base does not have it.
pub(super) fn push_body(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, end: usize) -> usize {
    push(ctx, out, i..end, Vec::new());
    if let Some(last) = out.last_mut() {
        last.cues.set(Cue::BodyNoun);
    }
    end
}

/// What begins at a token in the knowledge base, and how many words of it.
type Next = (usize, Vec<Hit>);

/// A name of the knowledge base, the tokens from `i` to `end`, and whom it may mean.
struct Known<'c, 'a> {
    ctx: &'c Ctx<'a>,
    i: usize,
    end: usize,
    hits: &'c [Hit],
}

impl Known<'_, '_> {
    fn is_single(&self) -> bool {
        self.end == self.i + 1
    }

    fn are_people(&self) -> bool {
        self.hits.iter().all(|h| is_person(self.ctx, h))
    }

    fn is_adjective(&self) -> bool {
        self.hits.iter().any(is_adjective)
    }

    /// Whether the base has more than families of that name.
    fn is_more_than_surname(&self) -> bool {
        self.hits.iter().any(|h| h.form != NameForm::Surname)
    }

    /// "Robert F. Kennedy Jr. said", "in Calif. on Monday": whether the stop behind the name belongs to it, which it
    /// does not where it ends the sentence.
    fn has_stop(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let place = |h: &Hit| h.weak && h.form == NameForm::Alias && ctx.kb.kind(h.entity) == Kind::Place;
        ctx.word(end) == "."
            && ctx.glued(end)
            && end + 1 < ctx.tokens.len()
            && !ctx.starts[end + 1]
            && if self.is_single() {
                self.hits.iter().all(place)
            } else {
                matches!(ctx.before(end), "jr" | "sr")
            }
    }

    /// "Ministry of Water": a body that goes on with "of".
    fn is_body_of(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        ctx.word(end) == "of"
            && !ctx.title_case(self.i)
            && self
                .hits
                .iter()
                .all(|h| ctx.kb.kind(h.entity) == Kind::Institution)
            && (self.i..end).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
    }

    /// "Jess Phillips MP": letters behind a name.
    fn is_before_letters(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        !self.is_single()
            && ctx.shape(end) == Shape::AllCaps
            && ctx.shape(self.i) == Shape::Capital
            && ctx.lex.is(WordSet::PostNominal, ctx.word(end))
            && self.are_people()
    }

    /// "Kansas City Chiefs quarterback": where the name of a team ends.
    fn team_end(&self) -> Option<usize> {
        let (ctx, end) = (self.ctx, self.end);
        let behind = run_end(ctx, end);
        let place = |h: &Hit| matches!(ctx.kb.kind(h.entity), Kind::Place | Kind::Country);
        // "Halm FF"
        if behind == end + 1
            && ctx.shape(end) == Shape::AllCaps
            && !ctx.shouted
            && ctx
                .lex
                .is_any([WordSet::ClubLetters, WordSet::ClubTail], ctx.word(end))
            && self.hits.iter().any(place)
        {
            return Some(behind);
        }
        // "Halm Town 1-1 Strel United": a line of results, where everything has a capital.
        let number = |t: usize| {
            ctx.kind(t) == TokenKind::Number || ctx.word(t).starts_with(|c: char| c.is_ascii_digit())
        };
        let result = number(end + 1) || self.i > 0 && number(self.i - 1);
        if behind == end + 1
            && result
            && ctx.lex.is(WordSet::ClubWord, ctx.word(end))
            && self.hits.iter().any(place)
        {
            return Some(behind);
        }
        (behind > end
            && behind <= end + 2
            && !ctx.title_case(self.i)
            && ctx.lex.is(WordSet::TeamNoun, ctx.word(behind))
            && self.hits.iter().any(place)
            && !self.is_adjective()
            && (end..behind).all(|t| ctx.lex.given(ctx.word(t)).is_none()))
        .then_some(behind)
    }

    /// "M.K. Stalin": initials, whichever party goes by them.
    fn is_initials(&self) -> bool {
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        self.is_single()
            && ctx.capital(end)
            && !ctx.starts[end]
            && ctx.shape(end) == Shape::Capital
            && ctx.tokens.span(i..end).text(ctx.text).contains('.')
            && self
                .hits
                .iter()
                .all(|h| ctx.kb.kind(h.entity) == Kind::Institution || !h.exact)
            && !matches!(ctx.word(i), "us" | "uk" | "un" | "eu" | "uae")
            && ctx.lex.thing(ctx.word(end)).is_none()
            && ctx.lex.role_at(ctx.tokens, end).is_none()
            && ctx.lex.title_at(ctx.tokens, end).is_none()
    }

    /// "Richard “Tex” Coe"
    fn is_before_nickname(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        self.is_single()
            && matches!(ctx.word(end), "“" | "\"" | "‘" | "(")
            && self.are_people()
            && nickname(ctx, self.i, end).is_some()
    }

    fn is_hyphened(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        matches!(ctx.word(end), "-" | "‑") && ctx.glued(end) && ctx.glued(end + 1) && ctx.capital(end + 1)
    }

    /// "American-Arab Discrimination Committee", where a hyphen follows.
    fn is_hyphened_body(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        self.is_adjective()
            && (end + 2..run_end(ctx, end + 1)).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
    }

    /// "Abdul Rahman al-Rashed", "Jan van der Holm": a family name with particles goes on.
    fn leads_to_particles(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        ctx.shape(end) == Shape::Lower
            && self.are_people()
            && (particle_run(ctx, end).is_some_and(|t| !ctx.starts[t])
                || matches!(ctx.word(end), "bin" | "bint" | "ibn") && ctx.capital(end + 1))
    }

    /// Whether a capitalized word that may belong to the name stands right behind it.
    fn goes_on(&self) -> bool {
        // "A Virginia Democrat": a party's member by where he is from, though girls are called so.
        let place = |h: &Hit| self.ctx.kb.kind(h.entity) == Kind::Place;
        if matches!(self.ctx.before(self.i), "a" | "an")
            && self.ctx.lex.is(WordSet::PartyWord, self.ctx.word(self.end))
            && self.hits.iter().any(place)
        {
            return false;
        }
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        let dotted = || ctx.word(end + 1) == ".";
        ctx.capital(end)
            && (!ctx.title_case(i) || self.is_given_before_family())
            && !self.is_before_branch_office()
            && !ctx.lex.is(WordSet::Credit, ctx.word(end))
            && (!ctx.lex.is_function_word(ctx.word(end))
                || self.is_single() && (is_month_surname(ctx, i, end) || is_half_of_given(ctx, i, end)))
            && ctx
                .lex
                .title_at(ctx.tokens, end)
                .is_none_or(|t| t.len == 1 && (!dotted() || is_saint(ctx, end)))
            && (ctx.lex.role_at(ctx.tokens, end).is_none()
                || is_trade_name(ctx, i, end)
                || self.is_single() && is_of_a_family(ctx, end))
    }

    /// "Tom Reed Wins": a given name before a family name in a headline. "Clinton Cash" is nobody of that given name:
    /// where a leader bears it, an ordinary word behind it is what it says.
    fn is_given_before_family(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let word = ctx.word(end);
        let stem = ["s", "ed", "ing"].iter().find_map(|e| word.strip_suffix(e));
        let ordinary = || is_common_word(word) || stem.is_some_and(is_common_word);
        let leader = || self.hits.iter().any(|h| !h.weak && ctx.kb.tier(h.entity) == 1);
        self.is_single() && self.are_people() && name_pair(ctx, self.i, end) && !(leader() && ordinary())
    }

    /// "BJP State president": the office of a part of the body, and no longer name.
    fn is_before_branch_office(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        matches!(ctx.word(end), "state" | "national" | "district")
            && ctx.shape(end + 1) == Shape::Lower
            && ctx.lex.role_at(ctx.tokens, end + 1).is_some()
            && self
                .hits
                .iter()
                .all(|h| ctx.kb.kind(h.entity) == Kind::Institution)
    }

    /// "BBC Sport", "BBC Radio 4": where the name of a part of a broadcaster ends.
    fn broadcast_part_end(&self) -> Option<usize> {
        let (ctx, end) = (self.ctx, self.end);
        let media = ctx.shape(self.i) == Shape::AllCaps
            && self.is_single()
            && self
                .hits
                .iter()
                .any(|h| ctx.kb.description(h.entity) == Some("media"));
        if !media {
            return None;
        }
        // "told ABC Western Plains": a station, whose name ends the clause.
        let behind = run_end(ctx, end);
        let nobody =
            |t: usize| ctx.lex.given(ctx.word(t)).is_none() && ctx.lex.role_at(ctx.tokens, t).is_none();
        if matches!(ctx.before(self.i), "told" | "tells" | "to")
            && (end + 1..end + 3).contains(&behind)
            && matches!(ctx.word(behind), "." | "," | ":" | "that")
            && (end..behind).all(nobody)
        {
            return Some(behind);
        }
        if !ctx.lex.is(WordSet::BroadcastPart, ctx.word(end)) || ctx.capital(end + 1) {
            return None;
        }
        let number = ctx.kind(end + 1) == TokenKind::Number && ctx.word(end + 1).len() == 1;
        // "BBC Radio 5 Live"
        let live = number && ctx.capital(end + 2) && !ctx.capital(end + 3) && nobody(end + 2);
        Some(end + 1 + usize::from(number) + usize::from(live))
    }

    /// "Norway Handball", "Scottish Rugby": the body for a sport in a country.
    fn is_before_game(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let land = |h: &Hit| matches!(ctx.kb.kind(h.entity), Kind::Country | Kind::Place);
        !ctx.title_case(self.i)
            && ctx.shape(end) == Shape::Capital
            && ctx.lex.is(WordSet::Game, ctx.word(end))
            && !ctx.capital(end + 1)
            && self.hits.iter().any(land)
    }

    /// "NHS Lothian", "NHS Ayrshire and Arran": where the name of the service of a region ends.
    fn service_end(&self) -> Option<usize> {
        let (ctx, end) = (self.ctx, self.end);
        let service = self.is_single()
            && ctx.word(self.i) == "nhs"
            && ctx.shape(self.i) == Shape::AllCaps
            && ctx.shape(end) == Shape::Capital
            && ctx.lex.title_at(ctx.tokens, end).is_none();
        let first = run_end(ctx, end);
        if !service || first > end + 3 {
            return None;
        }
        // What "and" joins is one word of the region's name.
        let second = first + 1;
        let joined = matches!(ctx.word(first), "and" | "&")
            && ctx.shape(second) == Shape::Capital
            && run_end(ctx, second) == second + 1
            && gazetteer::longest(ctx, second)
                .is_none_or(|(_, hits)| hits.iter().all(|h| h.kind != Kind::Institution));
        Some(if joined { second + 1 } else { first })
    }

    /// "Amnesty International Kenya": the branch of a body that is at home nowhere.
    fn is_branch(&self, next_len: usize, next: &[Hit]) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        !ctx.capital(end + next_len)
            && ctx.shape(end) == Shape::Capital
            && !ctx.starts[end]
            && next
                .iter()
                .any(|h| h.kind == Kind::Country && h.form == NameForm::Name)
            && self
                .hits
                .iter()
                .all(|h| h.kind == Kind::Institution && ctx.kb.description(h.entity) == Some("ngo"))
    }

    /// "Gustavo Petro Urrego": a second surname of somebody known.
    fn has_second_surname(&self, next: Option<&Next>) -> bool {
        let surname = |h: &Hit| h.form == NameForm::Surname;
        !self.is_single()
            && self.are_people()
            && self.is_more_than_surname()
            && run_end(self.ctx, self.end) == self.end + 1
            && matches!(next, Some((1, more)) if more.iter().all(surname))
    }

    /// What the words up to `rest` that follow make of the name.
    fn thing_behind(&self, rest: usize) -> Option<ThingClass> {
        let ctx = self.ctx;
        (self.end..rest)
            .filter(|&t| ctx.capital(t))
            .find_map(|t| ctx.lex.thing(ctx.word(t)))
    }

    /// "Chad Jordan, 22,": a person called after two countries.
    fn is_called_after_places(&self) -> bool {
        let (ctx, rest) = (self.ctx, run_end(self.ctx, self.end));
        self.is_single()
            && rest == self.end + 1
            && ctx.lex.given(ctx.word(self.i)).is_some()
            && !self.is_adjective()
            && self.thing_behind(rest).is_none()
            && is_somebody_behind(ctx, rest)
    }

    /// Whether a name of its own begins behind it: "Ukraine President Zelensky", "Briton Andy Murray".
    fn ends_before(&self, next: Option<&Next>, particles: bool) -> bool {
        let (ctx, i, end, single) = (self.ctx, self.i, self.end, self.is_single());
        if self.are_people() {
            return self.is_more_than_surname() && !single && !particles && next.is_some();
        }
        let rest = run_end(ctx, end);
        let thing = self.thing_behind(rest);
        let given_behind = || ctx.lex.given(ctx.word(end)).is_some();
        if self.is_adjective() {
            return match thing {
                // "the Syrian Army" is a body, "the Syrian Government" the country.
                Some(ThingClass::Body) => {
                    is_state_body(ctx, end..rest)
                        && (end..rest).any(|t| {
                            matches!(ctx.word(t), "government" | "cabinet" | "congress" | "military")
                        })
                }
                Some(_) => false,
                None => {
                    next.is_some()
                        || given_behind()
                        || rest - end >= 2 && ctx.kind(end + 1) == TokenKind::Word
                }
            };
        }
        if thing.is_some() {
            return false;
        }
        if self.ends_office(rest) {
            return true;
        }
        if single && ctx.lex.given(ctx.word(i)).is_some() {
            return next.is_some_and(|(_, hits)| hits.iter().any(|h| h.form != NameForm::Surname));
        }
        // "Kenya Moore", "Florence Pugh": called after a place.
        let surname = |h: &Hit| h.form == NameForm::Surname;
        let family = matches!(next, Some((1, hits)) if hits.iter().all(surname));
        if single && !ctx.shouted && family && self.hits.iter().all(|h| h.form != NameForm::Acronym) {
            return false;
        }
        let acronym = || ctx.kind(i) == TokenKind::Word && ctx.shape(i) == Shape::AllCaps;
        !single || next.is_some() || given_behind() || acronym()
    }
}

impl Known<'_, '_> {
    /// "Chief Justice of India Surya Kant": the land of an office, before the two names of who holds it, which end at `rest`.
    fn ends_office(&self, rest: usize) -> bool {
        let (ctx, i) = (self.ctx, self.i);
        let land = self
            .hits
            .iter()
            .any(|h| h.kind == Kind::Country && h.form == NameForm::Name);
        let office = |n: usize| {
            i > n
                && ctx.capital(i - 1 - n)
                && ctx
                    .lex
                    .role_at(ctx.tokens, i - 1 - n)
                    .is_some_and(|r| r.len == n && !r.plural)
        };
        land && (2..=3).contains(&(rest - self.end)) && ctx.before(i) == "of" && (office(1) || office(2))
    }
}

/// "Fernando St. Clair": the beginning of a family name, whose stop makes no title of it.
pub(super) fn is_saint(ctx: &Ctx<'_>, t: usize) -> bool {
    ctx.word(t) == "st" && ctx.lex.given(ctx.before(t)).is_some()
}

fn is_adjective(hit: &Hit) -> bool {
    matches!(hit.form, NameForm::Adjective | NameForm::DemonymNoun)
}
