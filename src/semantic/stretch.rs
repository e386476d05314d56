//! Names that the knowledge base does not have: how far a run of capitalized words reaches.

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        beside::{is_fellowship, push},
        capital::{is_half_of_given, is_month_surname},
        gazetteer::{self, is_particle, is_time_zone},
        joint::{compound_body, is_ministry, is_portfolio, is_remit, owns_body},
        known::is_saint,
        landmark::is_direction,
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx, Hit},
        odd_name::is_titled_person,
        runs::{begins_body, is_suffix},
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// Adds the name that begins at `i` and holds at least the tokens before `from`; returns where to go on.
pub(super) fn unknown(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, from: usize) -> usize {
    if from == i && is_direction(ctx, i) {
        return i + 2;
    }
    if let Some(next) = before_a_person(ctx, out, i, from) {
        return next;
    }
    let mut run = Run::new(ctx, i, from);
    while run.goes_on() {}
    run.take_stop();
    run.take_campus();
    if !run.is_no_name() {
        push(ctx, out, i..run.end, Vec::new());
    }
    run.end + usize::from(run.letters)
}

/// Whether the word at `t` makes a body, a place or an event of a name.
fn is_thing(ctx: &Ctx<'_>, t: usize) -> bool {
    ctx.lex.thing(ctx.word(t)).is_some() || is_fellowship(ctx, t)
}

/// A name that is being read: the tokens from `i` to `end`.
struct Run<'c, 'a> {
    ctx: &'c Ctx<'a>,
    i: usize,
    end: usize,
    /// Whether a noun in it makes a body, a place or an event of it.
    body: bool,
    /// Whether it ends because an office begins, which somebody else holds.
    before_role: bool,
    /// Whether letters of an honor stand behind it ("KC").
    letters: bool,
    /// "the mayor of …": the name may end where the holder's begins.
    office_of: bool,
}

impl<'c, 'a> Run<'c, 'a> {
    fn new(ctx: &'c Ctx<'a>, i: usize, from: usize) -> Self {
        let end = from.max(i + 1);
        // "Bill" and "Page" are nouns too.
        let given = || ctx.lex.given(ctx.word(i)).is_some();
        Run {
            ctx,
            i,
            end,
            body: (i..end).any(|t| is_thing(ctx, t) && (t > i || !given())),
            before_role: false,
            letters: false,
            office_of: i >= 2
                && matches!(ctx.before(i), "of" | "for")
                && ctx.lex.role_at(ctx.tokens, i - 2).is_some_and(|r| r.len == 1),
        }
    }

    fn any(&self, is: impl Fn(usize) -> bool) -> bool {
        (self.i..self.end).any(is)
    }

    fn all(&self, is: impl Fn(usize) -> bool) -> bool {
        (self.i..self.end).all(is)
    }

    /// Whether a capital that the name could go on with stands at `t`.
    fn is_next(&self, t: usize) -> bool {
        let ctx = self.ctx;
        // "Edith A. I. Holm": an initial is no word of grammar.
        let initial = || ctx.shape(t) == Shape::Initial && ctx.word(t + 1) == "." && ctx.capital(t + 2);
        ctx.capital(t) && (!ctx.lex.is_function_word(ctx.word(t)) || initial())
    }

    /// Takes in what stands at `end` if it belongs to the name; false when the name is over.
    fn goes_on(&mut self) -> bool {
        let ctx = self.ctx;
        if is_suffix(ctx, self.end) {
            self.take_suffix();
            return false;
        }
        if !ctx.capital(self.end) {
            return self.take_join();
        }
        if ctx.title_case(self.i) && (self.end > self.i + 1 || !name_pair(ctx, self.i, self.end)) {
            return false;
        }
        if self.is_before_letters() {
            self.letters = true;
            return false;
        }
        if self.is_before_title() || self.is_before_given_name() || self.is_headline() || self.is_over() {
            return false;
        }
        // "the Halm State Governor, Mr Reed,": the office is no part of the state’s name.
        let state = ctx.before(self.end) == "state" && self.end > self.i + 1;
        if state && ctx.lex.role_at(ctx.tokens, self.end).is_some() {
            self.before_role = true;
            return false;
        }
        // "Treasury Cabinet Secretary John Mbadi": no cabinet.
        let long_role = || ctx.lex.role_at(ctx.tokens, self.end).is_some_and(|r| r.len > 1);
        let thing = is_thing(ctx, self.end) && !long_role();
        let within = || self.body && self.any(|t| matches!(ctx.word(t), "of" | "for" | "without"));
        self.before_role = !thing && !within() && role_ends_name(ctx, self.end);
        let other = self.end == self.i + 1 && ctx.starts[self.i];
        if self.before_role || other && other_name(ctx, self.i, self.end) {
            return false;
        }
        self.body |= thing;
        self.end += 1;
        true
    }

    /// "Jr.", "Sr.": a suffix and its comma and stop.
    fn take_suffix(&mut self) {
        let ctx = self.ctx;
        self.end += 1 + usize::from(ctx.word(self.end) == ",");
        let starts = ctx.starts.get(self.end + 1).is_some_and(|s| *s);
        if ctx.word(self.end) == "." && ctx.glued(self.end) && !starts {
            self.end += 1;
        }
    }

    /// "Dinah Okafor KC": letters behind a name.
    fn is_before_letters(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        ctx.shape(end) == Shape::AllCaps
            && end > self.i + 1
            && ctx.lex.is(WordSet::PostNominal, ctx.word(end))
            && ctx.shape(self.i) != Shape::AllCaps
    }

    /// "Navy Capt. Jeff Davis": somebody's title begins here.
    fn is_before_title(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let dotted = |len: usize| ctx.word(end + len) == "." && ctx.capital(end + len + 1);
        ctx.lex
            .title_at(ctx.tokens, end)
            .is_some_and(|t| dotted(t.len) && !ctx.starts[end] && !is_saint(ctx, end))
    }

    /// "ISIL Brett McGurk", "Mayor of Koszalin Piotr Wilk", "Minister of Water Amar al-Hadi": somebody's name begins
    /// here.
    fn is_before_given_name(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let given = || ctx.lex.given(ctx.word(end)).is_some() && ctx.capital(end + 1);
        let particle = || is_particle(ctx.word(end + 1)) && ctx.shape(end + 1) == Shape::Lower;
        if self.office_of && !self.body && (given() || particle()) {
            return true;
        }
        ctx.shape(end - 1) == Shape::AllCaps
            && ctx.word(end - 1).len() > 1
            && !ctx.shouted
            && ctx.shape(end) == Shape::Capital
            && given()
            && !is_thing(ctx, end + 1)
    }

    /// "Northgate Appoints Helen Marchetti": a headline that ends with a stop.
    fn is_headline(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let word = ctx.word(end);
        end == self.i + 1
            && ctx.starts[self.i]
            && ctx.lex.given(ctx.word(end + 1)).is_some()
            && ctx.capital(end + 2)
            && word.ends_with('s')
            && ctx.lex.given(word).is_none()
            && (ctx.lex.is_human_verb(word)
                || ctx.tokens.list[end].tag.is_verb()
                || is_common_word(word.trim_end_matches('s')))
    }

    /// Whether the capitalized word at `end` begins a sentence, or is a word of grammar, a verb or a credit.
    fn is_over(&self) -> bool {
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        let word = ctx.word(end);
        // "Khin Mar Oo"
        let inner = || {
            matches!(word, "mar" | "jan" | "jun" | "may" | "an" | "so")
                && ctx.shape(end) == Shape::Capital
                && self.is_next(end + 1)
                && !ctx.title_case(i)
        };
        let surname =
            end == i + 1 && is_month_surname(ctx, i, end) || inner() || is_half_of_given(ctx, i, end);
        // "Nordlys AS": capitals make it no word of grammar.
        let company = || {
            ctx.shape(end) == Shape::AllCaps
                && !ctx.shouted
                && ctx.lex.is(WordSet::CompanyEnding, word)
                && !ctx.capital(end + 1)
        };
        // "A Venetian I met" is no king.
        let narrator = || word == "i" && matches!(ctx.before(i), "a" | "an" | "the" | "every" | "no" | "any");
        let grammar = ctx.lex.is_function_word(word)
            && (ctx.shape(end) != Shape::Initial || narrator())
            && !surname
            && !company()
            && !(word == "up" && is_ministry(ctx, i) && !ctx.title_case(i));
        // "Hillary Can’t": a verb behind the name.
        let verb = ctx.plain(end).len() < word.len() || ctx.lex.is(WordSet::Auxiliary, word) && !surname;
        ctx.starts[end] || grammar || verb || ctx.lex.is(WordSet::Credit, word)
    }

    /// Takes in a small word or a mark that joins what stands behind it to the name.
    fn take_join(&mut self) -> bool {
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        let next_capital = self.is_next(end + 1);
        let joins = match ctx.word(end) {
            "." => {
                let abbreviates =
                    ctx.shape(end - 1) == Shape::Initial || matches!(ctx.before(end), "st" | "mt" | "ft");
                // "He posted it on X. Brandt agreed.": another sentence.
                abbreviates && next_capital && !ctx.starts.get(end + 1).is_some_and(|s| *s)
            }
            "-" | "‑" if ctx.glued(end) && ctx.glued(end + 1) => {
                let tail =
                    || end > i + 1 && is_name_tail(ctx, end + 1) || end == i + 1 && given_in_halves(ctx, i);
                if !next_capital && tail() {
                    self.end += 2;
                    return true;
                }
                next_capital
            }
            // "PG&E": a letter is no word of grammar there.
            "&" if ctx.glued(end) && ctx.glued(end + 1) => ctx.capital(end + 1),
            "&" => next_capital,
            // "Marnock Farmers’ Union", "Halm Women’s Institute"
            _ if next_capital && ctx.is_possessive(end) && owns_body(ctx, end) => true,
            // "Col. John “J.D.” Dorrian", "Richard (Dick) Holm"
            "“" | "\"" | "‘" | "(" if end == i + 1 => {
                let next = nickname(ctx, i, end);
                self.end = next.unwrap_or(end);
                return next.is_some();
            }
            // "the Freedom Party of Geert Wilders" is his, and not called so.
            // "A Bench of Justice Ida Rao": nor a court whose judge is named.
            "of" | "for" if self.body && (begins_person(ctx, end + 1) || is_titled_person(ctx, end + 1)) => {
                false
            }
            "on" if self.body && next_capital && is_remit(ctx, i, end) => true,
            "of" | "for" | "without" if self.body => {
                next_capital || ctx.word(end + 1) == "the" && ctx.capital(end + 2)
            }
            "and" if next_capital && compound_body(ctx, i, end) => true,
            // "Department of Fisheries and Oceans", "Ministry of Housing, Communities and Local Government"
            "and" | ","
                if (next_capital || ctx.word(end + 1) == "the" && ctx.capital(end + 2))
                    && is_portfolio(ctx, i, end) =>
            {
                true
            }
            "and" => next_capital && self.is_joint_body(),
            // "Tam Mac an tSaoir"
            "an" | "na" if matches!(ctx.before(end), "mac" | "nic" | "ni" | "o") && !ctx.title_case(i) => {
                next_capital || ctx.shape(end + 1) == Shape::Mixed
            }
            word if is_particle(word) && ctx.shape(end) == Shape::Lower && !ctx.title_case(i) => {
                return self.take_particles();
            }
            _ => false,
        };
        if joins {
            self.end += if ctx.word(end + 1) == "the" { 3 } else { 2 };
            self.body |= ctx.lex.thing(ctx.word(self.end - 1)).is_some();
        }
        joins
    }

    /// "Institute of Peace and Security": a body for something, whose "and" leads to no other body and to no name.
    fn is_joint_body(&self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        self.any(|t| matches!(ctx.word(t), "of" | "for" | "on"))
            && self.any(|t| matches!(ctx.lex.thing(ctx.word(t)), Some(ThingClass::Body)))
            // "Office of Rail and Road"
            && (ctx.lex.thing(ctx.word(end + 1)).is_none()
                || is_common_word(ctx.word(end + 1))
                    && ctx.lex.thing(ctx.word(end + 1)) == Some(ThingClass::Spot)
                    && !ctx.capital(end + 2))
            && ctx.lex.title_at(ctx.tokens, end + 1).is_none()
            && gazetteer::longest(ctx, end + 1).is_none()
    }

    /// "Ursula von der Leyen", "Sunan an-Nur": particles, and the name they lead to.
    fn take_particles(&mut self) -> bool {
        let (ctx, end) = (self.ctx, self.end);
        let mut t = end + 1;
        while t < end + 4 && (is_particle(ctx.word(t)) || matches!(ctx.word(t), "-" | "’" | "'" | "‘")) {
            t += 1;
        }
        let leads = ctx.capital(t) && ctx.word(end) != "as";
        if leads {
            self.end = t + 1;
        }
        leads
    }

    /// "Bluebonnet Pipeline Co. said": the stop is the name's where it does not end the sentence.
    fn take_stop(&mut self) {
        let (ctx, end) = (self.ctx, self.end);
        if end > self.i + 1
            && matches!(ctx.before(end), "co" | "inc" | "ltd" | "corp" | "bros")
            && ctx.word(end) == "."
            && ctx.glued(end)
            && end + 1 < ctx.tokens.len()
            && !ctx.starts[end + 1]
        {
            self.end += 1;
        }
    }

    /// "University of California, San Diego": the town behind the comma belongs to the name where the university is the
    /// region's.
    fn take_campus(&mut self) {
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        if ctx.word(i) != "university" || ctx.word(i + 1) != "of" || ctx.word(end) != "," {
            return;
        }
        let Some((len, lands)) = gazetteer::longest(ctx, i + 2) else {
            return;
        };
        let region = |h: &&Hit| h.kind == Kind::Place && ctx.kb.description(h.entity) == Some("region");
        let Some(region) = lands.iter().find(region).filter(|_| i + 2 + len == end) else {
            return;
        };
        let land = ctx.kb.country_of(region.entity);
        let town = |h: &Hit| h.kind == Kind::Place && ctx.kb.country_of(h.entity) == land;
        if let Some((len, towns)) = gazetteer::longest(ctx, end + 1)
            && towns.iter().any(town)
            && towns.iter().all(|h| h.entity != region.entity)
        {
            self.end = end + 1 + len;
        }
    }

    /// Whether what was read is nobody's name.
    fn is_no_name(&self) -> bool {
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        if end == i + 1 && self.is_single_word() {
            return true;
        }
        // "Q&A": a kind of article.
        if end == i + 3 && ctx.word(i) == "q" && ctx.word(i + 1) == "&" && ctx.word(i + 2) == "a" {
            return true;
        }
        // "COSTS RISE AGAIN": words that shout.
        let shouts = end >= i + 3
            && self.all(|t| ctx.shape(t) == Shape::AllCaps)
            && self.any(|t| is_common_word(ctx.word(t)));
        // "Senior Investigative Correspondent Ana Reyes": what somebody is.
        let describes = || {
            self.before_role
                && self.all(|t| is_common_word(ctx.word(t)) || ctx.lex.is(WordSet::Modifier, ctx.word(t)))
        };
        shouts || describes() || capital_role(ctx, i, end)
    }

    /// Whether a name of one word is an ordinary word, a number or a code.
    fn is_single_word(&self) -> bool {
        let (ctx, i, end) = (self.ctx, self.i, self.end);
        let word = ctx.word(i);
        // "MINISTER BLASTS EU": a word that is none in small letters either.
        let verb = || {
            ctx.lex.is_human_verb(word)
                || (ctx.shouted || ctx.tokens.list[i].tag.is_verb()) && is_common_word(word)
        };
        if ctx.title_case(i) && verb() && ctx.lex.given(word).is_none() {
            return true;
        }
        // "A320", "G7", but "Fjord1"
        let digits =
            word.chars().any(|c| c.is_ascii_digit()) && !word.chars().take(4).all(char::is_alphabetic);
        let code = || {
            ctx.shape(i) == Shape::AllCaps
                && ctx.word(end) == "-"
                && ctx.glued(end)
                && ctx.glued(end + 1)
                && ctx.shape(end + 1) != Shape::Lower
        };
        // "By Ana Reyes, Political correspondent"
        let post = || {
            ctx.zone == Zone::Byline
                && ctx.before(i) == ","
                && ctx.shape(end) == Shape::Lower
                && is_common_word(word)
                && ctx.lex.role_at(ctx.tokens, end).is_some()
        };
        digits
            || ctx.lex.is_no_name(word) && !goes_by_given(ctx, i)
            || code()
            || is_time_zone(ctx, i)
            || post()
    }
}

/// What stands before the full name of a person and is no part of it: the end of an office ("Secretary of State
/// Ana Reyes") or a part of the world ("Minister for the Middle East Ana Reyes"). Adds what is a name of its own and
/// returns where the person begins.
fn before_a_person(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, from: usize) -> Option<usize> {
    if from != i || ctx.title_case(i) || ctx.lex.given(ctx.word(i)).is_some() {
        return None;
    }
    let full_name = |t: usize| {
        ctx.capital(t)
            && !ctx.starts[t]
            && ctx.lex.given(ctx.word(t)).is_some()
            && ctx.shape(t + 1) == Shape::Capital
            && ctx.lex.thing(ctx.word(t + 1)).is_none()
    };
    // "former Secretary of State Clinton"
    let holder = || {
        i >= 2
            && ctx.capital(i + 1)
            && !ctx.capital(i + 2)
            && !is_particle(ctx.word(i + 2))
            && ctx.lex.role_at(ctx.tokens, i - 2).is_some()
            && gazetteer::longest(ctx, i + 1)
                .is_some_and(|(_, hits)| hits.iter().all(|h| gazetteer::is_person(ctx, h)))
    };
    if ctx.before(i) == "of" && is_common_word(ctx.word(i)) && (full_name(i + 1) || holder()) {
        return Some(i + 1);
    }
    let two = ctx.capital(i + 1) && full_name(i + 2);
    if two
        && ctx
            .lex
            .is(WordSet::Region, &format!("{} {}", ctx.word(i), ctx.word(i + 1)))
    {
        push(ctx, out, i..i + 2, Vec::new());
        return Some(i + 2);
    }
    None
}

/// Where a family name ends that stands behind a nickname in marks, after the given name at `i`.
pub(super) fn nickname(ctx: &Ctx<'_>, i: usize, open: usize) -> Option<usize> {
    ctx.lex.given(ctx.word(i))?;
    let close = (open + 2..open + 6).find(|&t| matches!(ctx.word(t), "”" | "\"" | "’" | ")"))?;
    let mut family = close + 1;
    while is_particle(ctx.word(family)) && ctx.shape(family) == Shape::Lower && family < close + 4 {
        family += 1;
    }
    ((open + 1..close).any(|t| ctx.capital(t))
        && ctx.shape(family) == Shape::Capital
        && !ctx.glued(family)
        && (!ctx.starts[family] || ctx.word(close) == "\"")
        && ctx.lex.thing(ctx.word(family)).is_none()
        && ctx.lex.role_at(ctx.tokens, family).is_none()
        && !ctx.lex.is_function_word(ctx.word(family)))
    .then_some(family + 1)
}

/// "Marine said": a word that names nobody and is a given name too, where somebody acts under it. Whether the article
/// has anybody of that name it shows itself.
fn goes_by_given(ctx: &Ctx<'_>, i: usize) -> bool {
    let verb = |t: usize| {
        let tag = ctx.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
        tag.is_finite() || tag == Tag::Aux || ctx.lex.is_human_verb(ctx.word(t))
    };
    let described = i > 0 && matches!(ctx.tokens.list[i - 1].tag, Tag::Det | Tag::Adj | Tag::Num);
    ctx.lex.given(ctx.word(i)).is_some()
        && ctx.shape(i) == Shape::Capital
        && !ctx.title_case(i)
        && !described
        && (verb(i + 1) || ctx.is_possessive(i + 1))
}

/// In title case only a given name and the word behind it are taken for one name.
pub(super) fn name_pair(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    end == i + 1
        && ctx.lex.given(ctx.word(i)).is_some()
        && !ctx.lex.is_human_verb(ctx.word(end))
        && !ctx.lex.is(WordSet::HeadlineVerb, ctx.word(end))
        && ctx.lex.role_at(ctx.tokens, end).is_none()
        && ctx.lex.thing(ctx.word(end)).is_none()
}

/// "Torvald Marine’s Project Director, Erik Holm": an office in capitals, between whose it is and who holds it.
fn capital_role(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    let owned = i > 0
        && (ctx.kind(i - 1) == TokenKind::Possessive
            || matches!(ctx.before(i), "the" | "its" | "their" | "our"));
    let last = ctx.lex.role_at(ctx.tokens, end - 1);
    end > i + 1
        && owned
        && last.is_some_and(|r| r.len == 1 && !r.plural && ctx.lex.roles[r.row].class != RoleClass::Group)
        && (i..end - 1).all(|t| is_common_word(ctx.word(t)))
        && matches!(ctx.word(end), "," | "for" | "of" | "at")
}

/// Whether the word that begins a sentence at `i` is an ordinary word before a name that begins at `end`
/// ("Married Pakistani", "Meanwhile Boris Johnson").
fn other_name(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    ctx.lex.given(ctx.word(i)).is_none()
        && !(ctx.lex).is_any([WordSet::CompanyEnding, WordSet::ClubTail], ctx.word(end))
        && gazetteer::longest(ctx, end).is_some_and(|(len, hits)| {
            hits.iter().any(|h| match h.form {
                NameForm::Adjective | NameForm::DemonymNoun => true,
                NameForm::Name | NameForm::Alias => len > 1 || ctx.kb.kind(h.entity) == Kind::Country,
                NameForm::Acronym => true,
                // "Half Clinton’s meetings"
                NameForm::Surname => !h.weak && ctx.kb.tier(h.entity) == 1 && is_common_word(ctx.word(i)),
                _ => false,
            })
        })
}

/// Whether a noun for people that begins at `i` ends the name before it ("Halm Mayor Anna Reyes").
fn role_ends_name(ctx: &Ctx<'_>, i: usize) -> bool {
    let Some(role) = ctx.lex.role_at(ctx.tokens, i) else {
        return false;
    };
    // "Vane County Sheriff Ana Reyes": behind a noun for places or bodies it is what somebody is there.
    let there = i > 0 && ctx.capital(i - 1) && ctx.lex.thing(ctx.word(i - 1)).is_some();
    let office = ctx.lex.roles[role.row].class == RoleClass::Office || role.plural || there;
    let mut next = i + role.len;
    // "National Public Health Agency"
    if begins_body(ctx, i, role.len, role.row) {
        return false;
    }
    // "Magistrate Judge Ana Reyes"
    // "Martin Luther King Jr."
    if is_suffix(ctx, next) || is_of_a_family(ctx, i) {
        return false;
    }
    if let Some(title) = ctx.lex.title_at(ctx.tokens, next) {
        next += title.len + usize::from(ctx.word(next + title.len) == ".");
    }
    let person = ctx.capital(next) && ctx.lex.given(ctx.word(next)).is_some();
    // "the Garhwal MP said": letters that say what somebody is there.
    let letters = office && ctx.shape(i) == Shape::AllCaps && !ctx.shouted && !ctx.capital(next);
    person || letters || office && (ctx.capital(i + 1) || role.len > 1)
}

/// "Holm Brothers Dairies", "Roe Sons Transport": a firm of one family.
pub(super) fn is_of_a_family(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(ctx.word(i), "brothers" | "sisters" | "sons" | "bros")
        && ctx.shape(i) == Shape::Capital
        && !ctx.title_case(i)
        && i > 0
        && ctx.shape(i - 1) == Shape::Capital
        && ctx.shape(i + 1) == Shape::Capital
        && ctx.lex.given(ctx.word(i + 1)).is_none()
}

/// Whether the full name of a person begins at `i`.
fn begins_person(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.lex.given(ctx.word(i)).is_some()
        && ctx.shape(i + 1) == Shape::Capital
        && gazetteer::longest(ctx, i)
            .is_some_and(|(len, hits)| len > 1 && hits.iter().all(|h| gazetteer::is_person(ctx, h)))
}

/// "Wai-kit Lo": a given name in two halves that is no word, before a family name.
fn given_in_halves(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i + 2) == Shape::Lower
        && ctx.word(i + 2).len() <= 5
        && ctx.word(i).len() <= 6
        && !ctx.lex.is(WordSet::CompoundTail, ctx.word(i + 2))
        && ctx.shape(i + 3) == Shape::Capital
        && ctx.lex.is(WordSet::FamilyFirst, ctx.word(i + 3))
        && !ctx.capital(i + 4)
        && gazetteer::longest(ctx, i).is_none()
}

/// The second half of an East Asian given name ("Jong-un").
fn is_name_tail(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::Lower
        && ctx.word(i).len() <= 5
        && !ctx.lex.is(WordSet::CompoundTail, ctx.word(i))
        && !ctx.tokens.list[i].tag.is_verb()
}
