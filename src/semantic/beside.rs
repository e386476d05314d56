//! What stands around a name: its cues, and the candidate that carries them.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::NameForm,
    semantic::{
        capital::eastern_name,
        clause, gazetteer,
        lexicon::{self, ThingClass},
        mention::{Candidate, Ctx, Cue, Cues, Hit, Name, What},
        wordsets::WordSet,
    },
    syntax::{block::Zone, tag::Tag, token::Shape},
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
        "himself" | "herself" | "themselves" => (t.saturating_sub(2)..t).any(|v| {
            matches!(
                ctx.word(v),
                "identify"
                    | "identified"
                    | "identifies"
                    | "identifying"
                    | "introduce"
                    | "introduced"
                    | "introduces"
                    | "introducing"
            )
        }),
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
                || matches!(ctx.word(t), "capital" | "co" | "partners"))
    };
    if company() {
        return true;
    }
    match ctx.lex.thing(ctx.word(t)) {
        Some(ThingClass::Body) => true,
        Some(_) => ctx.word(t) == "survey" && ctx.capital(t) && of(),
        None => is_fellowship(ctx, t),
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
    let mut cues = Cues::default();
    let first = tokens.start;
    let acronym = (ctx.word(tokens.end) == "("
        && ctx.shape(tokens.end + 1) == Shape::AllCaps
        && ctx.word(tokens.end + 2) == ")")
        .then_some(tokens.end + 1);
    if ctx.starts[first] {
        cues.set(Cue::SentenceStart);
    }
    if ctx.title_case(first) {
        cues.set(Cue::TitleCase);
    }
    if ctx.zone == Zone::Byline || is_given_as_name(ctx, first) {
        cues.set(Cue::Byline);
    }
    if ctx.quoted[first] {
        cues.set(Cue::Quoted);
    }
    if ctx.lex.given(ctx.word(first)).is_some() && !ctx.word(first).is_empty() {
        cues.set(Cue::Given);
    }
    if tokens
        .clone()
        .all(|t| ctx.shape(t) == Shape::AllCaps || ctx.kind(t) != TokenKind::Word)
    {
        cues.set(Cue::Capitals);
    }
    for t in tokens.clone() {
        // "Bill" and "Page" are given names too.
        if t == first
            && tokens.len() > 1
            && (cues.has(Cue::Given) || tokens.len() == 4 && eastern_name(ctx, first))
        {
            continue;
        }
        match ctx.lex.thing(ctx.word(t)) {
            _ if tokens.len() > 1 && is_body_word(ctx, t) => cues.set(Cue::BodyNoun),
            Some(ThingClass::Spot | ThingClass::Land) if tokens.len() > 1 => cues.set(Cue::SpotNoun),
            Some(ThingClass::Event | ThingClass::Text) => cues.set(Cue::EventNoun),
            _ => {}
        }
    }
    if ctx.word(first) == "the" && hits.is_empty() {
        cues.set(Cue::Brand);
    }
    if tokens.len() == 1 && is_brand(ctx.tokens.span(tokens.clone()).text(ctx.text)) {
        cues.set(Cue::Brand);
    }
    // "Procter & Gamble"
    if tokens.clone().any(|t| ctx.word(t) == "&") {
        cues.set(Cue::BodyNoun);
        cues.set(Cue::Brand);
    }
    let last = tokens.end - 1;
    if tokens.len() > 1
        && hits.is_empty()
        && gazetteer::longest(ctx, last)
            .is_some_and(|(_, hits)| hits.iter().any(|h| h.form == NameForm::Surname && !h.weak))
    {
        cues.set(Cue::Family);
    }
    let before = ctx.before(first);
    let of = first - usize::from(before == "the" && first > 0);
    if ctx.before(of) == "of"
        && of >= 2
        && ctx.capital(of - 2)
        && !ctx.starts[of - 2]
        && ctx.lex.thing(ctx.word(of - 2)).is_none()
        && ctx.lex.role_at(ctx.tokens, of - 2).is_none()
    {
        cues.set(Cue::PartOf);
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
    if hits.is_empty() && first > 0 && !ctx.starts[first] && (companies(first - 1) || joined()) {
        cues.set(Cue::BodyBefore);
    }
    // "the mayor of Esperanza", "residents of Wynnum": where people hold office or live.
    if before == "of"
        && first >= 2
        && tokens.len() <= 2
        && hits.iter().all(|h| h.form == NameForm::Surname)
        && matches!(
            ctx.word(first - 2),
            "mayor"
                | "mayors"
                | "governor"
                | "resident"
                | "residents"
                | "natives"
                | "outskirts"
                | "suburb"
                | "streets"
        )
        && !ctx.is_possessive(tokens.end)
    {
        cues.set(Cue::SpotBefore);
        cues.set(Cue::Locative);
        cues.set(Cue::In);
    }
    // "Halm-based Fernhill Wool"
    if before == "based" && first > 2 && ctx.before(first - 1) == "-" && !cues.has(Cue::Given) {
        cues.set(Cue::BodyBefore);
    }
    match before {
        "the" => cues.set(Cue::The),
        "of" if first >= 2 => match ctx.lex.thing(ctx.word(first - 2)) {
            Some(ThingClass::Spot) => cues.set(Cue::SpotBefore),
            Some(ThingClass::Body) => {}
            _ => {}
        },
        _ => match ctx.lex.thing(before) {
            Some(ThingClass::Body) if ctx.shape(first - 1) == Shape::Lower => cues.set(Cue::BodyBefore),
            Some(ThingClass::Spot) if ctx.shape(first - 1) == Shape::Lower => cues.set(Cue::SpotBefore),
            _ => {}
        },
    }
    let next = tokens.end;
    if ctx.is_possessive(next) {
        cues.set(Cue::Possessive);
        // "Reed’s widow"
        if ctx.lex.is(WordSet::Kin, ctx.word(next + 1)) {
            cues.set(Cue::Met);
        }
        // "International Women’s Day", "the People’s Prize"
        if ctx.capital(next + 1) && ctx.lex.thing(ctx.word(next + 1)) == Some(ThingClass::Event) {
            cues.set(Cue::EventNoun);
        }
    }
    if ctx.shape(next) == Shape::Lower && is_landscape(ctx.word(next)) {
        cues.set(Cue::SpotBefore);
    }
    // "a 36-year-old Halm man": where somebody is from.
    if tokens.len() <= 2
        && hits.iter().all(|h| h.form == NameForm::Surname)
        && !cues.has(Cue::Given)
        && ctx.shape(next) == Shape::Lower
        && (ctx.lex.is(WordSet::PlainPerson, ctx.word(next))
            || matches!(
                ctx.word(next),
                "teenager" | "pensioner" | "couple" | "resident" | "residents" | "native" | "natives"
            ))
        && (matches!(before, "a" | "an" | "old" | "the" | "another")
            || ctx.before(first).ends_with("year-old"))
    {
        cues.set(Cue::SpotBefore);
        cues.set(Cue::Locative);
        cues.set(Cue::In);
    }
    if matches!(ctx.word(next), "-" | "‑")
        && ctx.glued(next)
        && ctx.glued(next + 1)
        && ctx.shape(next + 1) == Shape::Lower
    {
        cues.set(Cue::Compound);
        // "Halm-based": a place, whatever it is called.
        if matches!(ctx.word(next + 1), "based" | "born" | "area") && hits.is_empty() {
            cues.set(Cue::SpotBefore);
            cues.set(Cue::Locative);
            cues.set(Cue::In);
        }
    }
    if ctx.word(next) == "," {
        if ctx.kind(next + 1) == TokenKind::Number
            && matches!(ctx.word(next + 2), "," | "." | "of" | "from")
            && ctx.word(next + 1).len() <= 2
        {
            cues.set(Cue::Age);
        }
        if matches!(ctx.word(next + 1), "who" | "whose") {
            cues.set(Cue::Who);
            // "Hermione, who sits in the Lords,"
            let placed = first > 0 && ctx.tokens.list[first - 1].tag == Tag::Adp;
            if tokens.len() == 1 && !placed && !matches!(before, "the" | "-") {
                cues.set(Cue::Met);
            }
        }
        if ctx.capital(next + 1) && matches!(ctx.word(next + 2), "," | "." | "and" | "—" | "-" | "–") {
            cues.set(Cue::CommaPlace);
        }
    } else if ctx.word(next) == "who" {
        cues.set(Cue::Who);
    } else if ctx.word(next) == "("
        && ctx.kind(next + 1) == TokenKind::Number
        && ctx.word(next + 1).len() <= 2
    {
        cues.set(Cue::Age);
    }
    // "Aoife Tierney, of the Met Office,": somebody of some body.
    let of = next + usize::from(ctx.word(next) == ",");
    let whose = of + 1 + usize::from(ctx.word(of + 1) == "the");
    if (2..=3).contains(&tokens.len())
        && matches!(ctx.word(of), "of" | "from")
        && ctx.capital(whose)
        && (whose..whose + 5)
            .take_while(|&t| ctx.capital(t) || matches!(ctx.word(t), "of" | "for" | "and"))
            .any(|t| is_body_word(ctx, t))
    {
        cues.set(Cue::Who);
    }
    // "COPENHAGEN, Dec 17 (North Wire) -": whoever sends the report.
    if before == "(" && ctx.word(next) == ")" && first < 12 && is_dash(ctx.word(next + 1)) {
        cues.set(Cue::BodyNoun);
    }
    // "HALM, Norway, Feb. 3 (Reuters) -", "HALM —", "HALM:", "HALM (AP) —": a town in capitals opens the report.
    let town = is_dash(ctx.word(next))
        || ctx.word(next) == "," && ctx.capital(next + 1)
        || ctx.word(next) == ":" && ctx.zone == Zone::Body
        || ctx.word(next) == "("
            && (next + 2..next + 5).any(|t| ctx.word(t) == ")" && is_dash(ctx.word(t + 1)));
    if first == 0 && cues.has(Cue::Capitals) && town && !ctx.shouted && hits.is_empty() {
        cues.set(Cue::SpotBefore);
        cues.set(Cue::Locative);
        cues.set(Cue::In);
    }
    let several = matches!(
        before,
        "and"
            | "or"
            | "nor"
            | ","
            | "&"
            | "if"
            | "do"
            | "did"
            | "does"
            | "should"
            | "would"
            | "could"
            | "will"
            | "may"
            | "might"
            | "must"
            | "can"
            | "to"
            | "than"
            | "as"
            | "with"
    );
    // "Friends of Lena Hartmann were sad"
    let owned = first > 0 && ctx.tokens.list[first - 1].tag == Tag::Adp;
    // "Melbournians are" many people.
    let plural = ctx.before(next).ends_with('s') && !ctx.before(next).ends_with("ss");
    if matches!(ctx.word(next), "are" | "have" | "were")
        && !several
        && !owned
        && !plural
        && !ctx.title_case(first)
    {
        cues.set(Cue::Many);
    }
    // "Marnock defeat Halm": one name with the verb of many is a side.
    if ctx.shape(next) == Shape::Lower
        && matches!(
            ctx.word(next),
            "defeat"
                | "win"
                | "lose"
                | "thrash"
                | "edge"
                | "qualify"
                | "advance"
                | "clinch"
                | "overcome"
                | "stun"
        )
        && hits.is_empty()
        && !several
        && !owned
        && !ctx.title_case(first)
    {
        cues.set(Cue::Many);
    }
    // "Dinah Okafor KC left"
    let letters = tokens.len() > 1
        && ctx.shape(next) == Shape::AllCaps
        && ctx.lex.is(WordSet::PostNominal, ctx.word(next));
    if letters {
        cues.set(Cue::Human);
    }
    clause::cues(
        ctx,
        &tokens,
        &(tokens.start..next + usize::from(letters)),
        &mut cues,
    );
    // What is said to be said by whom: "Norvia said (that) it would wait", "Norvia, which …".
    let says = ctx.lex.is_human_verb(ctx.word(next));
    let pronoun = next + 1 + usize::from(ctx.word(next + 1) == "that");
    match ctx.plain(pronoun) {
        "it" if says
            && matches!(
                ctx.word(past_adverb(ctx, pronoun + 1)),
                "would" | "will" | "had" | "has" | "planned" | "plans" | "expects" | "expected"
            ) =>
        {
            cues.set(Cue::Thing);
        }
        "its" if says => cues.set(Cue::Thing),
        "he" | "she" | "his" if says => cues.set(Cue::Human),
        "which" if ctx.word(next) == "," && pronoun == next + 1 => cues.set(Cue::Thing),
        _ => {}
    }
    out.push(Candidate {
        phrase: tokens.start..next + usize::from(letters),
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

/// The token behind the adverbs at `t` that say since when ("it still expected", "it no longer planned").
fn past_adverb(ctx: &Ctx<'_>, t: usize) -> usize {
    match ctx.word(t) {
        "still" | "now" | "also" | "already" | "soon" => t + 1,
        "no" if ctx.word(t + 1) == "longer" => t + 2,
        _ => t,
    }
}
