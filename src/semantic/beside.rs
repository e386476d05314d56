//! What stands around a name: its cues, and the candidate that carries them.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        capital::{eastern_name, is_trade},
        clause, firm, gazetteer,
        landmark::is_paper,
        lexicon::{self, ThingClass},
        mention::{Candidate, Ctx, Cue, Cues, Hit, Name, What},
        stretch::is_of_a_family,
        whereabouts,
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// Whether a word has a capital inside ("HarbourNet"), as families have only behind a short beginning
/// ("McBride", "DeVos", "LaTour").
fn is_brand(word: &str) -> bool {
    // "ZMapp"
    let mut first = word.chars();
    let mut upper = || first.next().is_some_and(char::is_uppercase);
    if upper() && upper() && !upper() && word.chars().filter(|c| c.is_lowercase()).count() > 2 {
        return true;
    }
    // "BaFin", "TikTok"
    let mut parts = word.char_indices().skip(1).filter(|(_, c)| c.is_uppercase());
    if let (Some((at, _)), None) = (parts.next(), parts.next())
        && word.ends_with(char::is_lowercase)
        && matches!(at, 2 | 3)
        && !word.contains(['\'', '’', '-'])
        && !lexicon::english().is(WordSet::JoinedParticle, &word[..at].to_lowercase())
    {
        return true;
    }
    let mut small = 0;
    let mut rest = word.chars().skip(1).peekable();
    while let Some(c) = rest.next() {
        // "HarbourNet", "ChatGPT"
        if c.is_uppercase() && (small > 3 || small == 3 && rest.peek().is_some_and(|c| c.is_uppercase())) {
            return true;
        }
        // "ScotRail"
        let part = || rest.clone().collect::<String>().to_lowercase();
        if c.is_uppercase() && small == 3 && is_common_word(&format!("{}{}", c.to_lowercase(), part())) {
            return true;
        }
        small = if c.is_lowercase() { small + 1 } else { 0 };
    }
    false
}

/// "who gave his name as Sodiq", "identifying herself only as Amina Bello": whether somebody says that it is his name.
fn is_given_as_name(ctx: &Ctx<'_>, first: usize) -> bool {
    let Some(as_) = first.checked_sub(1).filter(|&t| ctx.word(t) == "as") else {
        return false;
    };
    (as_.saturating_sub(3)..as_).any(|t| match ctx.word(t) {
        "name" | "names" => matches!(ctx.before(t), "his" | "her" | "their"),
        "himself" | "herself" | "themselves" => {
            (t.saturating_sub(2)..t).any(|v| ctx.lex.is(WordSet::GivesName, ctx.word(v)))
        }
        _ => false,
    })
}

/// Whether the capitalized word at `t` makes a body of the name it stands in: a noun for institutions, people who
/// keep company under a name ("Friends of the Library", "Sons of Ostia"), or a survey of somewhere.
pub(super) fn is_body_word(ctx: &Ctx<'_>, t: usize) -> bool {
    let of = || {
        let next = t + 2 + usize::from(ctx.word(t + 2) == "the");
        matches!(ctx.word(t + 1), "of" | "without") && ctx.capital(next)
    };
    // "Elbe Securities", "Vane Capital", "Bluebonnet Pipeline Co."
    let company = || {
        t > 0
            && ctx.capital(t)
            && ctx.capital(t - 1)
            && !ctx.capital(t + 1)
            && !ctx.title_case(t)
            && (ctx.lex.is(WordSet::Company, ctx.word(t))
                || ctx.lex.is(WordSet::CompanyEnding, ctx.word(t))
                    && (ctx.shape(t) == Shape::AllCaps || ctx.word(t).len() > 2)
                || ctx.shape(t) == Shape::AllCaps && ctx.lex.is(WordSet::ClubTail, ctx.word(t))
                || matches!(ctx.word(t), "capital" | "co" | "partners"))
    };
    if company() {
        return true;
    }
    match ctx.lex.thing(ctx.word(t)) {
        Some(ThingClass::Body) => true,
        Some(_) => ctx.word(t) == "survey" && ctx.capital(t) && of(),
        None => is_fellowship(ctx, t) || is_of_a_family(ctx, t) || is_paper(ctx, t),
    }
}

/// "Friends of Halm Library", "Doctors Without Borders": people whose capital no sentence gives.
pub(super) fn is_fellowship(ctx: &Ctx<'_>, t: usize) -> bool {
    let next = t + 2 + usize::from(ctx.word(t + 2) == "the");
    ctx.shape(t) == Shape::Capital
        && !ctx.starts[t]
        && !ctx.title_case(t)
        && matches!(ctx.word(t + 1), "of" | "without")
        && ctx.capital(next)
        && ctx.lex.is_plural_role(ctx.word(t))
        && ctx.lex.given(ctx.before(t)).is_none()
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "--")
}

/// Nouns that follow the name of a stretch of land or water.
fn is_landscape(word: &str) -> bool {
    lexicon::english().is(WordSet::Landscape, word)
}

/// Adds a name with what stands around it.
pub(super) fn push(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, tokens: Range<usize>, hits: Vec<Hit>) {
    let mut at = Around {
        ctx,
        first: tokens.start,
        next: tokens.end,
        before: ctx.before(tokens.start),
        hits: &hits,
        cues: Cues::default(),
    };
    at.read_form();
    at.read_nouns();
    at.read_brand();
    at.read_owner();
    at.read_before();
    at.read_behind();
    at.read_origin();
    at.read_hyphen();
    at.read_comma();
    at.read_body_behind();
    at.read_apposition();
    at.read_dateline();
    at.read_number();
    let letters = at.has_letters();
    if letters {
        at.cues.set(Cue::Human);
    }
    let phrase = tokens.start..tokens.end + usize::from(letters);
    clause::cues(ctx, &tokens, &phrase, &mut at.cues);
    at.read_pronoun();
    if at.hits.is_empty() {
        firm::cues(ctx, &tokens, &mut at.cues);
        whereabouts::cues(ctx, &tokens, &mut at.cues);
    }
    let cues = at.cues;
    let acronym = short_form(ctx, tokens.end);
    out.push(Candidate {
        phrase,
        tokens,
        what: What::Name(Name {
            hits,
            title: None,
            role: None,
            acronym,
        }),
        cues,
    });
}

/// How far behind the comma the noun of an apposition may stand, in tokens.
const APPOSED: usize = 8;

/// The acronym in the brackets that open at `at`: "(NUM)", "(PG&E)".
fn short_form(ctx: &Ctx<'_>, at: usize) -> Option<Range<usize>> {
    if ctx.word(at) != "(" {
        return None;
    }
    let letters = |t: usize| matches!(ctx.shape(t), Shape::AllCaps | Shape::Initial);
    let pair = ctx.word(at + 2) == "&" && letters(at + 1) && letters(at + 3);
    let end = at + if pair { 4 } else { 2 };
    ((pair || ctx.shape(at + 1) == Shape::AllCaps) && ctx.word(end) == ")").then_some(at + 1..end)
}

/// A name, what stands around it, and the cues read so far.
struct Around<'c, 'a> {
    ctx: &'c Ctx<'a>,
    /// The first token of the name.
    first: usize,
    /// The token behind it.
    next: usize,
    /// The word before it, or nothing.
    before: &'c str,
    hits: &'c [Hit],
    cues: Cues,
}

impl Around<'_, '_> {
    fn tokens(&self) -> Range<usize> {
        self.first..self.next
    }

    fn len(&self) -> usize {
        self.next - self.first
    }

    /// Whether the base knows nothing but families of that name.
    fn is_surname_at_most(&self) -> bool {
        self.hits.iter().all(|h| h.form == NameForm::Surname)
    }

    /// Notes that the name is one of a place.
    fn is_place(&mut self) {
        self.cues.set(Cue::SpotBefore);
        self.cues.set(Cue::Locative);
        self.cues.set(Cue::In);
    }

    /// Where the name stands and how it is written.
    fn read_form(&mut self) {
        let (ctx, first) = (self.ctx, self.first);
        if ctx.starts[first] {
            self.cues.set(Cue::SentenceStart);
        }
        if ctx.title_case(first) {
            self.cues.set(Cue::TitleCase);
        }
        if ctx.zone == Zone::Byline || is_given_as_name(ctx, first) {
            self.cues.set(Cue::Byline);
        }
        if ctx.quoted[first] {
            self.cues.set(Cue::Quoted);
        }
        if ctx.lex.given(ctx.word(first)).is_some() && !ctx.word(first).is_empty() {
            self.cues.set(Cue::Given);
        }
        if self
            .tokens()
            .all(|t| ctx.shape(t) == Shape::AllCaps || ctx.kind(t) != TokenKind::Word)
        {
            self.cues.set(Cue::Capitals);
        }
    }

    /// The nouns in the name: for a body, a place, an event or a text.
    fn read_nouns(&mut self) {
        let (ctx, first, several) = (self.ctx, self.first, self.len() > 1);
        // "Historic Environment Scotland", "Public Health England": words of the language, and a country.
        if several && self.is_of_a_country() {
            self.cues.set(Cue::BodyNoun);
        }
        for t in self.tokens() {
            // "Bill" and "Page" are given names too.
            let given = self.cues.has(Cue::Given) || self.len() == 4 && eastern_name(ctx, first);
            if t == first && several && given || t > first && self.is_nickname(t) {
                continue;
            }
            // "Jim Courier": a trade behind a given name; "the Jackson Courier" is a paper.
            if t == first + 1 && self.len() == 2 && given && self.before != "the" && is_trade(ctx, t) {
                continue;
            }
            match ctx.lex.thing(ctx.word(t)) {
                _ if several && is_body_word(ctx, t) => self.cues.set(Cue::BodyNoun),
                Some(ThingClass::Spot | ThingClass::Land) if several => self.cues.set(Cue::SpotNoun),
                Some(ThingClass::Event | ThingClass::Text) => self.cues.set(Cue::EventNoun),
                _ => {}
            }
        }
    }

    /// "William “Bill” Holm": a word in the marks inside a name, which says nothing of what it is.
    fn is_nickname(&self, t: usize) -> bool {
        let mark = |t: usize| matches!(self.ctx.word(t), "“" | "”" | "\"" | "‘" | "’" | "(" | ")");
        (self.first..t).any(mark) && (t + 1..self.next).any(mark)
    }

    /// Whether ordinary words stand before the name of a country or a land, and make one name with it.
    fn is_of_a_country(&self) -> bool {
        let (ctx, last) = (self.ctx, self.next - 1);
        let ordinary = |t: usize| {
            let word = ctx.word(t);
            ctx.shape(t) == Shape::Capital
                && is_common_word(word)
                && ctx.lex.given(word).is_none()
                && !ctx.lex.is(WordSet::Direction, word)
                && ctx.lex.role_at(ctx.tokens, t).is_none()
        };
        let land =
            |h: &Hit| h.form == NameForm::Name && matches!(h.kind, Kind::Country | Kind::Place) && !h.weak;
        !ctx.title_case(self.first)
            && (self.len() > 2 || !ctx.starts[self.first])
            && (self.first..last).all(ordinary)
            && gazetteer::longest(ctx, last).is_some_and(|(_, hits)| hits.iter().any(land))
    }

    /// Names that no person has: "HarbourNet", "Procter & Gamble", "The Lantern"; and a family's name at the end.
    fn read_brand(&mut self) {
        let ctx = self.ctx;
        if ctx.word(self.first) == "the" && self.hits.is_empty() {
            self.cues.set(Cue::Brand);
        }
        if self.len() == 1 && is_brand(ctx.tokens.span(self.tokens()).text(ctx.text)) {
            self.cues.set(Cue::Brand);
        }
        if self.tokens().any(|t| ctx.word(t) == "&") {
            self.cues.set(Cue::BodyNoun);
            self.cues.set(Cue::Brand);
        }
        if self.len() > 1 && self.hits.is_empty() && gazetteer::is_family(ctx, self.next - 1) {
            self.cues.set(Cue::Family);
        }
    }

    /// What the name belongs to, and what kind of things it is one of, by the words before it.
    fn read_owner(&mut self) {
        let (ctx, first, before) = (self.ctx, self.first, self.before);
        let of = first - usize::from(before == "the" && first > 0);
        if ctx.before(of) == "of"
            && of >= 2
            && ctx.capital(of - 2)
            && !ctx.starts[of - 2]
            && ctx.lex.thing(ctx.word(of - 2)).is_none()
            && ctx.lex.role_at(ctx.tokens, of - 2).is_none()
        {
            self.cues.set(Cue::PartOf);
        }
        // "store chains Woolworths and Coles", "the carmakers Fernhill"
        let companies = |t: usize| {
            ctx.shape(t) == Shape::Lower
                && ctx
                    .word(t)
                    .strip_suffix('s')
                    .is_some_and(|one| ctx.lex.is(WordSet::Company, one))
        };
        let joined = || first >= 3 && before == "and" && ctx.capital(first - 2) && companies(first - 3);
        if self.hits.is_empty() && first > 0 && !ctx.starts[first] && (companies(first - 1) || joined()) {
            self.cues.set(Cue::BodyBefore);
        }
        // "the mayor of Esperanza", "residents of Wynnum": where people hold office or live.
        if before == "of"
            && first >= 2
            && self.len() <= 2
            && self.is_surname_at_most()
            && ctx.lex.is(WordSet::OfPlace, ctx.word(first - 2))
            && !ctx.is_possessive(self.next)
        {
            self.is_place();
        }
        // "Halm-based Fernhill Wool"
        if before == "based" && first > 2 && ctx.before(first - 1) == "-" && !self.cues.has(Cue::Given) {
            self.cues.set(Cue::BodyBefore);
        }
    }

    /// The word right before the name.
    fn read_before(&mut self) {
        let (ctx, first) = (self.ctx, self.first);
        match self.before {
            "the" => self.cues.set(Cue::The),
            "of" if first >= 2 => {
                if ctx.lex.thing(ctx.word(first - 2)) == Some(ThingClass::Spot) {
                    self.cues.set(Cue::SpotBefore);
                }
            }
            before => match ctx.lex.thing(before) {
                Some(ThingClass::Body) if ctx.shape(first - 1) == Shape::Lower => {
                    self.cues.set(Cue::BodyBefore);
                }
                Some(ThingClass::Spot) if ctx.shape(first - 1) == Shape::Lower => {
                    self.cues.set(Cue::SpotBefore);
                }
                // "the operator Haesung Marine"
                None if ctx.lex.is(WordSet::Company, before)
                    && first > 0
                    && ctx.shape(first - 1) == Shape::Lower
                    && !self.cues.has(Cue::Given) =>
                {
                    self.cues.set(Cue::BodyBefore);
                }
                _ => {}
            },
        }
    }

    /// The possessive mark or the landscape right behind the name.
    fn read_behind(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        if ctx.is_possessive(next) {
            self.cues.set(Cue::Possessive);
            // "Reed’s widow"
            if ctx.lex.is(WordSet::Kin, ctx.word(next + 1)) {
                self.cues.set(Cue::Met);
            }
            // "International Women’s Day", "the People’s Prize"
            if ctx.capital(next + 1) && ctx.lex.thing(ctx.word(next + 1)) == Some(ThingClass::Event) {
                self.cues.set(Cue::EventNoun);
            }
        }
        if ctx.shape(next) == Shape::Lower && is_landscape(ctx.word(next)) {
            self.cues.set(Cue::SpotBefore);
        }
    }

    /// "a 36-year-old Halm man": where somebody is from.
    fn read_origin(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        if self.len() <= 2
            && self.is_surname_at_most()
            && !self.cues.has(Cue::Given)
            && ctx.shape(next) == Shape::Lower
            && (ctx.lex.is(WordSet::PlainPerson, ctx.word(next))
                || ctx.lex.is(WordSet::FromPlace, ctx.word(next)))
            && (matches!(self.before, "a" | "an" | "old" | "the" | "another")
                || self.before.ends_with("year-old"))
        {
            self.is_place();
        }
    }

    /// "Halm-based", "Halm-born": a place, whatever it is called.
    fn read_hyphen(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        if matches!(ctx.word(next), "-" | "‑")
            && ctx.glued(next)
            && ctx.glued(next + 1)
            && ctx.shape(next + 1) == Shape::Lower
        {
            self.cues.set(Cue::Compound);
            if matches!(ctx.word(next + 1), "based" | "born" | "area") && self.hits.is_empty() {
                self.is_place();
            }
        }
    }

    /// What a comma or a bracket behind the name tells of it: an age, a clause with "who", the wider place.
    fn read_comma(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        let age = ctx.kind(next + 1) == TokenKind::Number && ctx.word(next + 1).len() <= 2;
        match ctx.word(next) {
            "," => {
                if age && matches!(ctx.word(next + 2), "," | "." | "of" | "from") {
                    self.cues.set(Cue::Age);
                }
                if matches!(ctx.word(next + 1), "who" | "whose") {
                    self.cues.set(Cue::Who);
                    // "Hermione, who sits in the Lords,"
                    let placed = self.first > 0 && ctx.tokens.list[self.first - 1].tag == Tag::Adp;
                    if self.len() == 1 && !placed && !matches!(self.before, "the" | "-") {
                        self.cues.set(Cue::Met);
                    }
                }
                if ctx.capital(next + 1) && matches!(ctx.word(next + 2), "," | "." | "and" | "—" | "-" | "–")
                {
                    self.cues.set(Cue::CommaPlace);
                }
            }
            "who" => self.cues.set(Cue::Who),
            "(" if age => self.cues.set(Cue::Age),
            _ => {}
        }
    }

    /// "Halmwatch, a think tank,": what the name is.
    fn read_apposition(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        if ctx.word(next) != "," || !matches!(ctx.word(next + 1), "a" | "an") {
            return;
        }
        let noun = |t: usize| matches!(ctx.tokens.list.get(t), Some(token) if token.tag.is_noun() && token.shape == Shape::Lower);
        let head = (next + 2..next + APPOSED).find(|t| noun(*t) && !noun(t + 1) && ctx.word(t + 1) != "-");
        let body =
            |word: &str| ctx.lex.thing(word) == Some(ThingClass::Body) || ctx.lex.is(WordSet::WhatBody, word);
        if head.is_some_and(|t| body(ctx.word(t)) && !ctx.lex.is_role(ctx.word(t))) {
            self.cues.set(Cue::Thing);
        }
    }

    /// "Aoife Tierney, of the Met Office,": somebody of some body.
    fn read_body_behind(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        let of = next + usize::from(ctx.word(next) == ",");
        let whose = of + 1 + usize::from(ctx.word(of + 1) == "the");
        if (2..=3).contains(&self.len())
            && matches!(ctx.word(of), "of" | "from")
            && ctx.capital(whose)
            && (whose..whose + 5)
                .take_while(|&t| ctx.capital(t) || matches!(ctx.word(t), "of" | "for" | "and"))
                .any(|t| is_body_word(ctx, t))
        {
            self.cues.set(Cue::Who);
        }
    }

    /// The line that opens a report: its town and its agency.
    fn read_dateline(&mut self) {
        let (ctx, first, next) = (self.ctx, self.first, self.next);
        // "COPENHAGEN, Dec 17 (North Wire) -": whoever sends the report.
        if self.before == "(" && ctx.word(next) == ")" && first < 12 && is_dash(ctx.word(next + 1)) {
            self.cues.set(Cue::BodyNoun);
        }
        // "HALM, Norway, Feb. 3 (Reuters) -", "HALM —", "HALM:", "HALM (AP) —": a town in capitals opens the report.
        // "HALM/STREL, March 3 (Reuters) -": there may be two.
        // "ANA REYES, THE POST: …" is who speaks in a transcript.
        let opens = ctx.zone != Zone::Transcript && first == 0 || self.before == "/" && first <= 4;
        if !opens || !self.cues.has(Cue::Capitals) || ctx.shouted || !self.hits.is_empty() {
            return;
        }
        let town = match ctx.word(next) {
            "," => ctx.capital(next + 1),
            ":" => ctx.zone == Zone::Body,
            "(" => (next + 2..next + 5).any(|t| ctx.word(t) == ")" && is_dash(ctx.word(t + 1))),
            word => is_dash(word),
        };
        if town {
            self.is_place();
        }
    }

    /// One name with the verb of many: "Melbournians are", "Marnock defeat Halm".
    fn read_number(&mut self) {
        let (ctx, first, next) = (self.ctx, self.first, self.next);
        // "Melbournians are" many people already.
        let plural = || ctx.before(next).ends_with('s') && !ctx.before(next).ends_with("ss");
        let many = match ctx.word(next) {
            "are" | "have" | "were" => !plural(),
            word if ctx.lex.is(WordSet::ManyVerb, word) => {
                ctx.shape(next) == Shape::Lower && self.hits.is_empty()
            }
            _ => false,
        };
        // "Friends of Lena Hartmann were sad"
        let owned = || first > 0 && ctx.tokens.list[first - 1].tag == Tag::Adp;
        if many && !ctx.lex.is(WordSet::BeforePlain, self.before) && !owned() && !ctx.title_case(first) {
            self.cues.set(Cue::Many);
        }
    }

    /// "Dinah Okafor KC left": letters behind the name of a person.
    fn has_letters(&self) -> bool {
        let (ctx, next) = (self.ctx, self.next);
        self.len() > 1
            && ctx.shape(next) == Shape::AllCaps
            && ctx.lex.is(WordSet::PostNominal, ctx.word(next))
    }

    /// What is said to be said by whom: "Norvia said (that) it would wait", "Norvia, which …".
    fn read_pronoun(&mut self) {
        let (ctx, next) = (self.ctx, self.next);
        let says = ctx.lex.is_human_verb(ctx.word(next));
        let pronoun = behind_time(ctx, next + 1);
        match ctx.plain(pronoun) {
            "it" if says
                && matches!(
                    ctx.word(past_adverb(ctx, pronoun + 1)),
                    "would" | "will" | "had" | "has" | "planned" | "plans" | "expects" | "expected"
                ) =>
            {
                self.cues.set(Cue::Thing);
            }
            "its" if says => self.cues.set(Cue::Thing),
            "he" | "she" | "his" if says => self.cues.set(Cue::Human),
            "which" if ctx.word(next) == "," && pronoun == next + 1 => self.cues.set(Cue::Thing),
            _ => {}
        }
    }
}

/// Where the subject stands of what is said: "Norvia said it", "Norvia said that it", "Norvia said on Monday that it".
fn behind_time(ctx: &Ctx<'_>, t: usize) -> usize {
    let day = |t: usize| ctx.word(t).ends_with("day") && ctx.capital(t);
    let on = t + usize::from(ctx.word(t) == "on");
    let that = match (day(on), ctx.word(t), ctx.word(t + 1), ctx.word(t + 2)) {
        (true, ..) => on + 1,
        (_, "in", "a", "statement") => t + 3,
        _ => t,
    };
    that + usize::from(ctx.word(that) == "that")
}

/// The token behind the adverbs at `t` that say since when ("it still expected", "it no longer planned").
fn past_adverb(ctx: &Ctx<'_>, t: usize) -> usize {
    match ctx.word(t) {
        "still" | "now" | "also" | "already" | "soon" => t + 1,
        "no" if ctx.word(t + 1) == "longer" => t + 2,
        _ => t,
    }
}
