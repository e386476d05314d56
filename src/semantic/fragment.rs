//! What is said in less than a sentence, or stands apart from its verb: commands, answers, and what surrounds the verb
//! that reports them.

use std::ops::Range;

use crate::{
    semantic::{
        content::is_clause,
        content_end::{MAX_ASIDE, infinitive, is_denied_infinitive, joins, last_stop, starts_clause},
        cue::{self, Classes, CueVerb},
        extent,
        line::{Line, Np, NpKind},
        noun::NOUN_CUES,
    },
    syntax::tag::Tag,
};

/// Whether the items are a sentence without a verb in a tense that somebody may have said: "Take the train", "Not a chance",
/// "Or maybe Okoro". With `alone` nothing else in the sentence is said.
pub(super) fn is_fragment(line: &Line<'_>, items: &Range<usize>, alone: bool) -> bool {
    let Range { start, end } = items.clone();
    if (start..end).any(|i| line.is_quote(i) || line.tag(i).is_finite()) {
        return false;
    }
    let plain = line.is_word(start) && line.tag(start) != Tag::Propn;
    if plain && line.tag(start) == Tag::VerbBase && end > start + 1 {
        return true;
    }
    let or = line.classes(start).has(Classes::COORDINATOR) && end > start + 2;
    let first = start + usize::from(or);
    let denies = line
        .classes(first)
        .has(Classes::NEGATION.and(Classes::INTERJECTION));
    let exclaims = line.tag(first) == Tag::Intj || denies;
    // "On Monday, Okoro said", "Okoro, the mayor said", "However, he said": the words are elsewhere.
    let hangs = line.is_adp(first)
        || line
            .classes(first)
            .has(Classes::SUBORDINATOR.and(Classes::TIME).and(Classes::ADJUNCT))
        || line.tag(first) == Tag::Sconj
        || matches!(line.tag(first), Tag::VerbIng | Tag::VerbPart | Tag::Propn)
        || line
            .np_starting_at(first)
            .is_some_and(|np| np.kind == NpKind::Time);
    let whole = line
        .np_starting_at(first)
        .is_some_and(|np| extent::extend_right(line, np, false) >= end);
    let word = end == first + 1;
    let ends_in_time = line.np_ending_at(end).is_some_and(|np| np.kind == NpKind::Time);
    alone && plain && (exclaims || !hangs && !whole && !word && !ends_in_time || or && whole)
}

/// Whether a clause begins at item `i` that only tells when or how something was said: "as she left", "when asked about
/// it", "after seeing the hall". Nothing else may follow it.
pub(super) fn trails(line: &Line<'_>, i: usize) -> bool {
    let word = line.fold(i);
    if !matches!(word, "as" | "when" | "while" | "after" | "before") {
        return false;
    }
    let next = i + 1;
    let opens = starts_clause(line, next)
        || matches!(line.tag(next), Tag::VerbIng | Tag::VerbPart)
        || word == "when" && line.fold(next) == "asked";
    // "He said when she arrives she will stay": the clause behind is what was said.
    let more = |k: usize| {
        line.is_quote(k)
            || line.fold(k) == "that" && line.tag(k) == Tag::Sconj
            || line.is_comma(k)
                && (starts_clause(line, k + 1) || line.is_aux(k + 1) || line.tag(k + 1).is_finite())
            || k > next && line.np_ending_at(k).is_some() && starts_clause(line, k)
    };
    opens && !(next..last_stop(line)).any(more)
}

/// Whether the items are a sentence of their own, and no clause that only sets the scene for the rest.
pub(super) fn is_whole(line: &Line<'_>, left: &Range<usize>) -> bool {
    let clause =
        is_clause(line, left.clone()) && !opens_with_adjunct(line, left) && starts_clause(line, left.start);
    clause || is_fragment(line, left, false)
}

/// "Take the train, she said, and you will see", "…, and send me a card": whether item `and` goes on with a command.
pub(super) fn joins_command(line: &Line<'_>, and: usize) -> bool {
    let command = matches!(line.tag(and + 1), Tag::VerbBase | Tag::VerbPres) || line.fold(and + 1) == "you";
    line.classes(and).has(Classes::COORDINATOR) && command || joins(line, and)
}

/// "He says, win or lose, he will stay", "she said, on Monday, it was late": where the content begins of a report that a
/// comma at item `at` parts from its verb.
pub(super) fn behind_comma(line: &Line<'_>, at: usize) -> Option<usize> {
    let first = Some(at + 1).filter(|_| line.is_comma(at))?;
    let close = (first + 1..line.len().min(at + MAX_ASIDE)).find(|i| line.is_comma(*i))?;
    if !starts_clause(line, close + 1) || (first..close).any(|i| line.is_quote(i)) {
        return None;
    }
    let either = line.fold(first + 1) == "or" || line.fold(first) == "whatever";
    let scene = line.is_adp(first) && !(first..close).any(|i| line.tag(i).is_finite() || line.is_aux(i));
    either.then_some(first).or_else(|| scene.then_some(close + 1))
}

/// "Said of the draft: “It is late.”": the colon behind what somebody speaks of, from the preposition at item `at`.
pub(super) fn behind_topic(line: &Line<'_>, at: usize) -> Option<usize> {
    // "Said the following:", "wrote this:"
    let following = line.fold(at) == "the" && line.fold(at + 1) == "following";
    let colon = at + 1 + usize::from(following);
    if (following || line.fold(at) == "this") && line.fold(colon) == ":" {
        return Some(colon);
    }
    let topic = matches!(line.fold(at), "of" | "about").then(|| line.np_starting_at(at + 1))??;
    let plain =
        |i: usize| !line.is_quote(i) && !line.tag(i).is_finite() && !line.is_aux(i) && !line.is_comma(i);
    (topic.items.end..line.len().min(at + MAX_ASIDE))
        .take_while(|i| plain(*i))
        .find(|i| line.fold(*i) == ":")
}

/// "Said in a story that ran this week that it was late": the second "that", where the clause at item `at` only tells of
/// which story; the end of the sentence where there is none.
pub(super) fn behind_relative(line: &Line<'_>, at: usize) -> Option<usize> {
    let verb = line.tag(at + 1).is_finite() || line.is_aux(at + 1);
    if !verb || !matches!(line.fold(at), "that" | "which") {
        return None;
    }
    let second = (at + 2..line.len().min(at + MAX_ASIDE))
        .take_while(|i| !line.is_quote(*i) && !line.is_comma(*i))
        .find(|i| line.fold(*i) == "that" && starts_clause(line, i + 1));
    // "Told the Herald in a story that angered Holt."
    let past = line.tag(at + 1) == Tag::VerbPast || line.is_aux(at + 1);
    second.or_else(|| (past && line.tag(at) == Tag::Pron).then(|| last_stop(line)))
}

/// "In any case, Roy said, the yard was full": a phrase or clause that only sets the scene.
pub(super) fn opens_with_adjunct(line: &Line<'_>, left: &Range<usize>) -> bool {
    let skip = usize::from(line.classes(left.start).has(Classes::COORDINATOR));
    let left = left.start + skip..left.end;
    line.is_adp(left.start)
        || infinitive(line, left.start).is_some()
        || line.is_adverb(left.start)
        || line.classes(left.start).has(Classes::SUBORDINATOR)
        || line.tag(left.start) == Tag::Sconj
}

/// "Last year", "six months ago": nothing but when.
pub(super) fn is_time(line: &Line<'_>, left: &Range<usize>) -> bool {
    line.np_starting_at(left.start).is_some_and(|np| {
        let ago = usize::from(matches!(line.fold(np.items.end), "ago" | "earlier" | "later"));
        // "Six months ago".
        (np.kind == NpKind::Time || ago > 0) && np.items.end + ago >= left.end
    })
}

/// Where a phrase goes on behind the listener that it begins with: "the BBC | staff", "reporters | more boats".
pub(super) fn behind_listener(line: &Line<'_>, np: &Np) -> Option<usize> {
    let listener = |i: usize| {
        line.tag(i) == Tag::Propn
            || line.tag(i) == Tag::NounPl && line.is_animate(i) && line.fold(i) != "officials"
    };
    let first = np.items.clone().find(|i| listener(*i))?;
    let behind = (first + 1..np.items.end)
        .find(|i| line.tag(*i) != Tag::Propn && !line.classes(*i).has(Classes::TIME))?;
    let goes_on = line.tag(behind).is_noun() || line.tag(behind) == Tag::Adj;
    // "Told Reuters demand had weakened", but "told Labour leader Ida Holm had left": what is no person is no title.
    let thing = line.tag(behind) == Tag::Noun && !line.is_animate(behind) && behind + 1 == np.items.end;
    (goes_on && (thing || (behind..np.items.end).any(|i| line.tag(i) == Tag::NounPl))).then_some(behind)
}

/// "As the talks ended, Okoro responded": whether the items only tell when something was said, and hold no clause of which
/// they could tell it.
pub(super) fn sets_scene(line: &Line<'_>, items: &Range<usize>) -> bool {
    let when = matches!(
        line.fold(items.start),
        "as" | "when" | "while" | "after" | "before" | "since" | "once"
    );
    // "Pressed on whether it would sail, she declined to say."
    let pressed = cue::verb(line.fold(items.start)).is_some_and(|v| v.classes.has(Classes::ADDRESSEE));
    if pressed && items.start == 0 && matches!(line.tag(0), Tag::VerbPart | Tag::VerbPast) {
        return true;
    }
    let mark = |i: usize| line.is_comma(i) || line.is_dash(i) || line.is_quote(i);
    let tense = |i: &usize| line.tag(*i).is_finite() || line.is_aux(*i);
    let verbs = items
        .clone()
        .filter(|i| tense(i) && !line.is_aux(i.wrapping_sub(1)))
        .count();
    when && verbs == 1 && starts_clause(line, items.start + 1) && !items.clone().any(mark)
}

/// "Kennedy wrote Linick that it was late", "it is late, Kennedy wrote Linick": whom somebody writes, without "to".
pub(super) fn writes_to(line: &Line<'_>, from: usize, np: &Np) -> bool {
    let verb = line.fold(from.wrapping_sub(1));
    let writes = matches!(verb, "wrote" | "writes" | "written" | "writing");
    let one = np.kind == NpKind::Name || np.items.len() == 1 && line.classes(np.head).has(Classes::OBJECT);
    let end = np.items.end;
    let that = line.fold(end) == "that" && line.tag(end) == Tag::Sconj;
    let trails = line.is_stop(end) && (1..from).any(|i| line.is_comma(i));
    writes && one && np.items.start == from && (that || trails)
}

/// "He thought for a while": how long somebody did it.
pub(super) fn is_while(line: &Line<'_>, at: usize) -> bool {
    let long = matches!(line.fold(at + 1), "long" | "short" | "brief" | "little" | "good");
    let noun = at + 1 + usize::from(long);
    // "Hoped for a second term", "does not believe for a minute that"
    let next = noun + 1;
    let ends = line.is_stop(next) || line.is_comma(next) || line.is_adp(next) || line.fold(next) == "and";
    let span = ["while", "moment", "time", "second", "minute", "bit"].contains(&line.fold(noun));
    line.fold(at) == "a" && span && (ends || next == line.len())
}

/// "Said just because it was late did not mean that": a reason that is a subject, as the second verb behind it tells.
pub(super) fn is_because_subject(line: &Line<'_>, at: usize) -> bool {
    let stop = (at..line.len()).find(|i| line.is_comma(*i) || line.is_quote(*i) || line.fold(*i) == ";");
    let end = stop.unwrap_or(line.len());
    let does = |i: &usize| matches!(line.fold(*i), "does" | "doesnt" | "did" | "didnt" | "do" | "dont");
    line.fold(at + 1) == "because"
        && (at + 2..end).find(does).is_some_and(|verb| {
            line.fold(verb - 1) != "and" && (at + 2..verb).any(|i| line.tag(i).is_finite() || line.is_aux(i))
        })
}

/// "He was brave, she said, and funny": whether the "and" at item `i` only adds words without a verb to what was said.
pub(super) fn adds(line: &Line<'_>, i: usize) -> bool {
    let end = last_stop(line);
    let verb = |k: usize| line.is_verb(k) || line.is_aux(k) || line.is_quote(k) || line.is_contraction(k);
    matches!(line.fold(i), "and" | "or" | "but") && i + 1 < end && !(i + 1..end).any(verb)
}

/// Whether the comma at item `i` only sets off how somebody speaks: "he went on, as if nobody had heard", "…, smiling".
pub(super) fn goes_on_apart(line: &Line<'_>, i: usize) -> bool {
    line.is_comma(i)
        && (line.tag(i + 1) == Tag::VerbIng || line.fold(i + 1) == "as" && line.fold(i + 2) == "if")
}

/// "A statement | released by", "read to the court", "posted on": the participle of how something written came out.
pub(super) fn is_issued(line: &Line<'_>, i: usize) -> bool {
    let participle = line.tag(i) == Tag::VerbPart || line.fold(i) == "read" && line.is_verb(i);
    participle && line.is_adp(i + 1)
}

/// Whether item `i` begins what somebody is to do: "to leave", "not to leave", but not "to the court".
pub(super) fn is_to_do(line: &Line<'_>, i: usize) -> bool {
    // "Urged members never to sign it".
    let never = line.fold(i) == "never" && line.fold(i + 1) == "to";
    let to = i + usize::from(never || is_denied_infinitive(line, i));
    line.fold(to) == "to" && !matches!(line.tag(to + 1), Tag::Det | Tag::Propn | Tag::Pron | Tag::Num)
}

/// "Half said so in the spring": whether "so" at item `at` is all that is said.
pub(super) fn stands_alone(line: &Line<'_>, at: usize) -> bool {
    let next = at + 1;
    let placed = matches!(line.fold(next), "in" | "on" | "at" | "during" | "to")
        && line.np_starting_at(next + 1).is_some();
    line.is_stop(next) || line.is_comma(next) || line.fold(next) == "too" || placed
}

/// "He said when asked about it | that it was late": where what was said begins behind the occasion at item `at`.
pub(super) fn when_asked(line: &Line<'_>, at: usize) -> Option<usize> {
    /// How many items the question may take.
    const REACH: usize = 10;
    let asked = cue::verb(line.fold(at + 1)).is_some_and(|v| v.classes.has(Classes::ADDRESSEE));
    if line.fold(at) != "when" || !asked {
        return None;
    }
    (at + 2..line.len().min(at + REACH))
        .take_while(|i| !line.tag(*i).is_finite() && !line.is_aux(*i) && !line.is_quote(*i))
        .find(|i| line.fold(*i) == "that" && line.tag(*i) == Tag::Sconj)
}

/// Whether a number or a share begins at item `i` with a word that looks like a preposition: "about half of them", "just
/// over a quarter".
pub(super) fn opens_quantity(line: &Line<'_>, i: usize) -> bool {
    let number = |i: usize| line.tag(i) == Tag::Num || matches!(line.fold(i), "half" | "a");
    let share = |i: usize| {
        line.fold(i) == "a" && matches!(line.fold(i + 1), "quarter" | "third" | "half" | "fifth" | "tenth")
    };
    match line.fold(i) {
        "about" if matches!(line.fold(i + 2), "same" | "equal") => true,
        "about" | "around" | "over" | "under" => {
            line.tag(i + 1) == Tag::Num || line.fold(i + 1) == "half" || share(i + 1)
        }
        "at" => matches!(line.fold(i + 1), "least" | "most") && number(i + 2),
        "up" => line.fold(i + 1) == "to" && number(i + 2),
        _ => false,
    }
}

/// The items before a frame that can be its content: from the sentence's start, or from after an earlier
/// clause, to the comma.
pub(super) fn left_content(line: &Line<'_>, front: usize) -> Range<usize> {
    let mut end = front;
    while end > 0 && (line.is_comma(end - 1) || line.is_dash(end - 1)) {
        end -= 1;
    }
    let mut start = 0;
    for i in (0..end).rev() {
        if line.fold(i) == ";" || line.fold(i) == ":" && i + 1 < end {
            start = i + 1;
            break;
        }
    }
    // "But", "And", quotation labels and the like open the sentence, not the content.
    while start < end
        && (matches!(line.fold(start), "but" | "and" | "so" | "yet") && line.is_quote(start + 1)
            || line.is_comma(start))
    {
        start += 1;
    }
    start..end
}

/// "Asks Okoro just that question", "asked readers their views": where the phrase ends that is what was asked. "Asked him a
/// question" does not tell which.
pub(super) fn question_asked(line: &Line<'_>, np: &Np, verb: CueVerb) -> Option<usize> {
    let asks = verb.classes.has(Classes::ADDRESSEE) && verb.hands_over("about") && verb.hands_over("for");
    let some = matches!(
        line.fold(np.items.start),
        "a" | "an" | "another" | "some" | "any" | "more"
    );
    (asks && !some && line.classes(np.head).has(NOUN_CUES) && !line.may_speak(np))
        .then(|| extent::extend_right(line, np, false))
}
