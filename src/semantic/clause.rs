//! What the clause around a phrase tells of it: subject of a verb of speech, object, after a preposition of place.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::Kind,
    semantic::{
        cue::{self, Classes},
        gazetteer, lexicon,
        mention::{Ctx, Cue, Cues},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// Sets the cues that hang on the words before and after the whole noun phrase.
pub(crate) fn cues(ctx: &Ctx<'_>, name: &Range<usize>, phrase: &Range<usize>, cues: &mut Cues) {
    // The subject is looked for at the end of the whole phrase, the preposition before it.
    let mut next = phrase.end;
    if ctx.word(next) == "," && next > name.end {
        next += 1;
    }
    // "Kyiv and Moscow agreed": the verb belongs to both.
    if ctx.word(next) == "and" && ctx.capital(next + 1) && phrase.end == next {
        let mut t = next + 1;
        while ctx.capital(t) && t < next + 5 {
            t += 1;
        }
        next = t;
    }
    let verb_at = skip_adverb(ctx, next);
    let verb = ctx.word(verb_at);
    let mut before = phrase.start;
    if matches!(ctx.before(before), "the" | "a" | "an") {
        before -= 1;
    }
    let prev = ctx.before(before);
    let prev2 = before.checked_sub(2).map_or("", |i| ctx.word(i));
    let prev3 = before.checked_sub(3).map_or("", |i| ctx.word(i));
    if ctx.is_possessive(phrase.end) {
        set_preposition(ctx, name, before, [prev, prev2, prev3], cues);
        return;
    }
    if ctx.lex.is_human_verb(verb) && !is_noun_here(ctx, verb_at) {
        cues.set(Cue::Speaks);
    } else if ctx.lex.is(WordSet::Auxiliary, verb) {
        let mut t = skip_adverb(ctx, verb_at + 1);
        // "Washington was “playing with fire”"
        if matches!(ctx.word(t), "“" | "\"" | "‘" | "«") {
            t += 1;
        }
        if matches!(ctx.word(t), "not" | "been" | "be" | "have") {
            t = skip_adverb(ctx, t + 1);
        }
        let passive =
            matches!(verb, "is" | "are" | "was" | "were") || ctx.before(t) == "been" || ctx.before(t) == "be";
        let main = ctx.word(t);
        if ctx.lex.is_human_verb(main) || main.ends_with("ing") && ctx.lex.is_human_verb(&past_of(main)) {
            cues.set(if passive && !main.ends_with("ing") {
                Cue::Addressed
            } else {
                Cue::Speaks
            });
        } else if passive && !main.ends_with("ing") && !is_mood(ctx, t) {
            // "was hit", "is home to": no agent.
        } else {
            cues.set(Cue::Acts);
        }
    } else if verb_at < ctx.tokens.len() && ctx.tokens.list[verb_at].tag.is_finite()
        || matches!(verb, "stays" | "remains" | "grows" | "turns")
            && ctx.lex.is(WordSet::Mood, ctx.word(verb_at + 1))
        || (next > phrase.end + 1 || prev == "and" && before >= 2 && ctx.capital(before - 2))
            && (ctx.lex.is(WordSet::PairVerb, verb)
                || ctx.tokens.list.get(verb_at).is_some_and(|t| t.tag.is_verb())
                    && ctx.lex.is(WordSet::AgentVerb, verb)
                || verb == "at" && ctx.word(verb_at + 1) == "odds")
    {
        cues.set(Cue::Acts);
    }
    if prev == "to" && prev2 == "according" || prev == "by" && ctx.lex.is_human_verb(prev2) {
        cues.set(Cue::Speaks);
    } else if ctx.lex.is_human_verb(prev) {
        // "said Reed" inverts after a quotation; "urged Kyiv" and "told Reed" take an object.
        // "The company, which pays, told Ofwat": what has whom it is said to behind it begins no clause.
        let told = prev2 == "," && takes_somebody(prev) && before >= 3 && !is_closing(prev3);
        let inverted = !told && (before >= 2 && is_closing(prev2) || phrase_starts_clause(ctx, before - 1));
        // "She claims Mrs Holm gave it to her".
        let acts = cues.has(Cue::Speaks) || cues.has(Cue::Acts);
        let that = ctx.capital(name.start) && cue::verb(prev).is_some_and(|v| v.classes.has(Classes::THAT));
        cues.set(match (inverted, acts && that && !takes_somebody(prev)) {
            (true, _) => Cue::Speaks,
            (false, true) => Cue::Subject,
            (false, false) => Cue::Addressed,
        });
    }
    if matches!(prev, "and" | "or")
        && before == phrase.start
        && before >= 2
        && ctx.capital(before - 2)
        && is_somebody(ctx, before - 2)
    {
        cues.set(Cue::Joined);
    }
    if ctx.lex.is(WordSet::Meeting, prev) && phrase.start == name.start && before == phrase.start {
        cues.set(Cue::Met);
    }
    let opens = before == 0 || is_behind_clock(ctx, before) || ctx.starts.get(before).is_some_and(|s| *s);
    let clause = matches!(
        prev,
        "," | "that" | "as" | "but" | "while" | "when" | "after" | "because" | "if"
    );
    // "letters to Okoro and Hartmann", "thanked Merz, Macron and Starmer": what "and" joins is a subject only before
    // a verb.
    let acts = cues.has(Cue::Speaks) || cues.has(Cue::Acts);
    // "looks after Okoro, was seen": the word only begins a clause where a verb follows.
    let clause = clause && (prev != "after" || acts || acts_behind_aside(ctx, phrase.end));
    let listed = prev == "," && ctx.word(phrase.end) == "and" && ctx.capital(phrase.end + 1);
    let joined = prev == "and" && (acts || ctx.word(phrase.end) == ",");
    if opens || clause && (acts || !listed) && (acts || !is_apposed(ctx, phrase, before)) || joined {
        cues.set(Cue::Subject);
    }
    if cues.has(Cue::Subject) && phrase.end == name.end && acts_behind_aside(ctx, name.end) {
        cues.set(Cue::Acts);
    }
    set_preposition(ctx, name, before, [prev, prev2, prev3], cues);
}

/// "was cool to the idea", "is wary": whether the word at `t` tells how somebody takes a thing, which a town does not.
/// Behind some words only what follows tells: a town is open, a government is open to talks.
fn is_mood(ctx: &Ctx<'_>, t: usize) -> bool {
    let word = ctx.word(t);
    let both = matches!(word, "cool" | "cold" | "open" | "silent");
    let about = matches!(ctx.word(t + 1), "to" | "on" | "about" | "toward" | "towards");
    ctx.lex.is(WordSet::AgentState, word) || ctx.lex.is(WordSet::Mood, word) && (!both || about)
}

/// Whether a verb of speech has whom it speaks to right behind it.
fn takes_somebody(verb: &str) -> bool {
    matches!(
        verb,
        "told" | "tells" | "urged" | "informed" | "assured" | "reminded"
    )
}

/// Whether all that stands before token `t` is the hour of a live blog ("21.30 Holm has arrived").
fn is_behind_clock(ctx: &Ctx<'_>, t: usize) -> bool {
    let hour = ctx.tokens.span(0..1).text(ctx.text);
    t == 1
        && ctx.kind(0) == TokenKind::Number
        && (hour.contains([':', '.']) && hour.len() >= 4 || hour.ends_with("am") || hour.ends_with("pm"))
}

/// "took her mother, Margaret, to the hospital": a name between commas that only tells who the noun before it is.
fn is_apposed(ctx: &Ctx<'_>, phrase: &Range<usize>, before: usize) -> bool {
    let noun = before.checked_sub(2);
    ctx.before(before) == ","
        && ctx.word(phrase.end) == ","
        && noun.is_some_and(|t| ctx.lex.role_at(ctx.tokens, t).is_some() && ctx.shape(t) == Shape::Lower)
        && !acts_behind_comma(ctx, phrase.end)
}

/// Whether a verb follows the comma at `comma`, with or without a clause of "who" between.
fn acts_behind_comma(ctx: &Ctx<'_>, comma: usize) -> bool {
    let tag = |t: usize| ctx.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let verb = skip_adverb(ctx, comma + 1);
    let number = ctx.kind(comma + 1) == TokenKind::Number;
    number || matches!(ctx.word(verb), "who" | "whose") || tag(verb).is_finite() || tag(verb) == Tag::Aux
}

/// Whether the base has the word at `t` as a name of people only.
fn is_somebody(ctx: &Ctx<'_>, t: usize) -> bool {
    gazetteer::longest(ctx, t).is_some_and(|(_, hits)| hits.iter().all(|h| h.kind == Kind::Person))
}

/// Most words of an aside between a subject and its verb.
const MAX_ASIDE: usize = 14;

/// Whether commas close in words that say nothing of themselves, and a verb follows: "Farage, on stage in Halm, moved".
fn acts_behind_aside(ctx: &Ctx<'_>, open: usize) -> bool {
    let tag = |t: usize| ctx.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let begins =
        matches!(tag(open + 1), Tag::Adp | Tag::VerbIng | Tag::Det) && ctx.shape(open + 1) == Shape::Lower;
    if ctx.word(open) != "," || !begins {
        return false;
    }
    let close = (open + 2..open + MAX_ASIDE)
        .take_while(|&t| t < ctx.tokens.len() && !ctx.starts[t])
        .find(|&t| ctx.word(t) == ",");
    close.is_some_and(|t| {
        let verb = skip_adverb(ctx, t + 1);
        tag(verb).is_finite() && !ctx.lex.is(WordSet::Auxiliary, ctx.word(verb))
    })
}

/// What the word before "of" tells of the name behind it, which has `several` words or one.
fn set_of(ctx: &Ctx<'_>, before: usize, several: bool, cues: &mut Cues) {
    let Some(noun) = before.checked_sub(2) else { return };
    let (word, lex) = (ctx.word(noun), lexicon::english());
    if lex.is(WordSet::Backing, word) {
        cues.set(Cue::Toward);
    } else if lex.is(WordSet::OfPerson, word) {
        // "the murder of Stein Rokke", "a biography of Fela Kuti"; one word may be a town ("the fall of Halm").
        if several {
            cues.set(Cue::Human);
        }
    } else if !ctx.tokens.list[noun].tag.is_verb() && !lex.is(WordSet::OfWork, word) {
        cues.set(Cue::Locative);
    }
}

fn set_preposition(ctx: &Ctx<'_>, name: &Range<usize>, before: usize, words: [&str; 3], cues: &mut Cues) {
    let ([prev, prev2, prev3], several) = (words, name.len() > 1);
    // "in Holm’s view": nobody is in him.
    let view = matches!(
        ctx.word(name.end + 1),
        "view"
            | "opinion"
            | "eyes"
            | "words"
            | "account"
            | "absence"
            | "honour"
            | "honor"
            | "memory"
            | "defence"
    );
    // "They led through Tom Reed": who scored.
    let scored = || {
        matches!(
            prev2,
            "led" | "lead" | "ahead" | "level" | "equalised" | "equalized" | "replied" | "scored"
        )
    };
    if ctx.is_possessive(name.end) && view || prev == "through" && scored() {
        return;
    }
    // "Transport for London": part of a name.
    if matches!(prev, "for" | "of") && before >= 2 && ctx.capital(before - 2) && !ctx.starts[before - 2] {
        cues.set(Cue::Locative);
        return;
    }
    match prev {
        "to" => {
            let from = (before.saturating_sub(6)..before).any(|t| ctx.word(t) == "from");
            let route = ctx.lex.is(WordSet::Route, prev2);
            if from || route || is_motion(prev2) || is_motion(prev3) {
                cues.set(Cue::Locative);
                cues.set(Cue::In);
            } else if prev2 != "according" {
                cues.set(Cue::Toward);
            }
        }
        "on" | "over" => {
            if is_strike(prev2) {
                cues.set(Cue::Locative);
            } else {
                cues.set(Cue::Toward);
            }
        }
        "for" => {
            if lexicon::english().is(WordSet::Departure, prev2) {
                cues.set(Cue::Locative);
            } else {
                cues.set(Cue::Toward);
            }
        }
        "with" | "against" | "by" | "pressing" | "pressuring" => cues.set(Cue::Toward),
        "between" => cues.set(Cue::Between),
        "and" => {
            let near = before.saturating_sub(7)..before;
            if near.clone().any(|t| ctx.word(t) == "between") {
                cues.set(Cue::Between);
            } else if near
                .rev()
                .take(4)
                .any(|t| matches!(ctx.word(t), "in" | "at" | "from" | "near"))
            {
                cues.set(Cue::Locative);
            } else if let Some(t) = shared_preposition(ctx, before) {
                let back = |n: usize| t.checked_sub(n).map_or("", |i| ctx.word(i));
                set_preposition(ctx, name, t + 1, [back(0), back(1), back(2)], cues);
            }
        }
        "of" => set_of(ctx, before, several, cues),
        // "took over from Stein Rokke": somebody's office, not a place left.
        "from" if prev2 == "over" && matches!(prev3, "take" | "takes" | "took" | "taken" | "taking") => {
            cues.set(Cue::Toward);
            if several {
                cues.set(Cue::Human);
            }
        }
        "from" if lexicon::english().is(WordSet::OfWork, prev2) => {}
        word if lexicon::english().is(WordSet::Locative, word) => {
            cues.set(Cue::Locative);
            if lexicon::english().is(WordSet::InPlace, word) {
                cues.set(Cue::In);
            }
        }
        _ => {}
    }
}

/// "appealed to Tokyo and | Seoul": where the preposition stands that both names before and behind the "and" have.
fn shared_preposition(ctx: &Ctx<'_>, before: usize) -> Option<usize> {
    let first = (before.saturating_sub(4)..before.checked_sub(1)?)
        .rev()
        .take_while(|&t| ctx.capital(t))
        .last()?;
    let t = first.checked_sub(1)?;
    matches!(ctx.word(t), "to" | "with" | "against" | "by").then_some(t)
}

fn is_motion(word: &str) -> bool {
    lexicon::english().is(WordSet::Motion, word)
}

fn is_strike(word: &str) -> bool {
    lexicon::english().is(WordSet::Strike, word)
}

fn is_closing(word: &str) -> bool {
    matches!(word, "”" | "\"" | "’" | "'" | "»" | "," | "“" | "''")
}

/// Whether a verb at `i` begins its clause, so that what follows is its subject.
fn phrase_starts_clause(ctx: &Ctx<'_>, i: usize) -> bool {
    i == 0
        || matches!(
            ctx.before(i),
            "," | "”" | "\"" | "’" | "»" | "'" | "as" | "—" | "–"
        )
}

fn skip_adverb(ctx: &Ctx<'_>, mut i: usize) -> usize {
    while i < ctx.tokens.len()
        && (ctx.tokens.list[i].tag == Tag::Adv
            || ctx.word(i).ends_with("ly") && ctx.shape(i) == Shape::Lower
            || ctx.lex.is(WordSet::MidAdverb, ctx.word(i)))
    {
        i += 1;
    }
    i
}

/// Whether a form that may be a verb of speech is a noun here ("the calls", "Kyiv’s demands").
fn is_noun_here(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.tokens
        .list
        .get(i)
        .is_some_and(|t| t.tag.is_noun() && t.tag != Tag::X)
}

fn past_of(ing: &str) -> String {
    let stem = ing.strip_suffix("ing").unwrap_or(ing);
    match stem {
        "say" => "said".to_owned(),
        "tell" => "told".to_owned(),
        _ => format!("{stem}ed"),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn a_capital_in_a_mood_is_a_government() {
        check_article(
            r"
Beijing was cool to the plan. Paris is open to talks. Berlin is open until ten. Vienna was covered in snow.
//@0-7 country:China
//                            ^^^^^ country:France
//                                                    ^^^^^^ place:Berlin
//                                                                              ^^^^^^ place:Vienna
",
        );
    }

    #[test]
    fn both_capitals_of_a_pair_are_governments() {
        check_article(
            r"
Ostia appealed to Tokyo and Seoul for boats. Trains to Paris and Vienna were late.
//                          ^^^^^ country:South Korea
//                                                               ^^^^^^ place:Vienna
",
        );
    }
}
