//! Deeds that are told with a verb of saying or thinking: "She called her mother", "he posted a 63", "they spoke for an
//! hour". What follows such a verb is no content, and the frame reports nothing unless marks stand in it.

use std::ops::Range;

use crate::{
    semantic::{
        content::{is_clause, quotes_in},
        content_end::starts_clause,
        cue::{self, Classes},
        extent,
        frame::{ContentKind, Frame, FrameKind, Side},
        lexicon::{self, RoleClass, ThingClass},
        line::{Line, Np, NpKind},
        subject,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Whether a frame tells what somebody does, and nothing that is said or thought.
pub(super) fn is_deed(line: &Line<'_>, frame: &Frame) -> bool {
    if is_christened(line, frame) {
        return true;
    }
    let [content] = &frame.content[..] else {
        return false;
    };
    if content.is_empty()
        || frame.kind != FrameKind::Verb
        || frame.side != Side::After
        || quotes_in(line, &frame.content)
    {
        return false;
    }
    let item = |token: usize| line.items.partition_point(|x| (x.end as usize) <= token);
    let words = item(content.start)..item(content.end - 1) + 1;
    let source = frame.source.as_ref().map(|s| item(s.start));
    // "She told me off for being late".
    let tells = matches!(
        line.fold(item(frame.cue.end - 1)),
        "tell" | "tells" | "told" | "telling"
    );
    if tells && line.fold(words.start) == "off" {
        return true;
    }
    match frame.content_kind {
        ContentKind::Phrase => is_object(line, frame, &words, source),
        // "The men who saw the bus said so": a clause whose end was the verb of the clause around it.
        ContentKind::Clause if !is_clause(line, words.clone()) && frame.classes.has(Classes::WEAK) => {
            is_object(line, frame, &words, source)
        }
        ContentKind::Clause => {
            is_adverbial(line, &words)
                || !source.is_some_and(|s| line.classes(s).has(Classes::RELATIVE))
                    && perceives(line, item(frame.cue.end - 1), &words)
                || only_when(line, &words)
                || line.fold(words.start + 1) != "or" && lacks_subject(line, &words, source)
                || words.len() == 1 && line.fold(words.start) == "it"
        }
        _ => false,
    }
}

/// Whether the cue only tells what the noun before it is named: "came from a firm called Bright Data".
fn is_christened(line: &Line<'_>, frame: &Frame) -> bool {
    let (true, Some(source)) = (frame.kind == FrameKind::Verb, frame.source.as_ref()) else {
        return false;
    };
    let item = |token: usize| line.items.partition_point(|x| (x.end as usize) <= token);
    let cue = item(frame.cue.start);
    if frame.cue.len() != 1 || !matches!(line.fold(cue), "called" | "named" | "titled" | "dubbed") {
        return false;
    }
    let thing = line
        .np_ending_at(cue)
        .filter(|np| np.kind == NpKind::Common && np.items.end == item(source.end - 1) + 1);
    let name = line
        .np_starting_at(cue + 1)
        .filter(|np| np.kind == NpKind::Name && line.tag(np.items.start) != Tag::Det);
    let (Some(thing), Some(name)) = (thing, name) else {
        return false;
    };
    let end = name.items.end;
    // "A cyclist named Peter Lane died": the verb of the clause comes only now.
    if line.tag(end).is_finite() || line.is_aux(end) {
        return true;
    }
    // "Nobody helped a worker named Peter Lane", but "They said a panel named Lane".
    let object = thing.items.start.checked_sub(1).is_some_and(|verb| {
        line.tag(verb).is_verb()
            && !cue::verb(line.fold(verb)).is_some_and(|v| v.classes.has(Classes::SPEECH))
    });
    // "The head of the union called Hale a liar" tells what he thinks of him, and "named Hale as heir" whom he wants.
    let closed = line.is_comma(end)
        || line.is_stop(end)
        || line.fold(end) == "and"
        || line.classes(end).has(Classes::RELATIVE);
    (object || thing.governed.is_some()) && closed
        || object && line.is_adp(end) && !matches!(line.fold(end), "as" | "to")
}

/// Whether a phrase is only what the deed is done to, or how long it lasts.
fn is_object(line: &Line<'_>, frame: &Frame, words: &Range<usize>, source: Option<usize>) -> bool {
    let can = |c| frame.classes.has(c);
    let relative = source.is_some_and(|s| line.classes(s).has(Classes::RELATIVE));
    // "A driver who saw the men": a relative clause tells who is meant, not what he thinks.
    // "Voters who support Brandt" tells of both.
    // "Voters who see her as a rival" tells what they think, and "firms that back Brandt" what kind of firms.
    let judged =
        || (words.start + 1..words.end).any(|i| line.fold(i) == "as") || line.fold(words.start) == "as";
    let whose_view = source.is_some_and(|s| line.fold(s) == "who") && (can(Classes::PEOPLE) || judged());
    if relative && can(Classes::WEAK) && !whose_view {
        return true;
    }
    // "A deal that mentions no rebels".
    let thing = relative
        && source.is_some_and(|s| matches!(line.fold(s), "that" | "which"))
        && frame.antecedent.as_ref().is_some_and(|a| {
            let first = line.items.partition_point(|x| (x.end as usize) <= a.start);
            let end = line.items.partition_point(|x| (x.end as usize) < a.end) + 1;
            !subject::may_speak(line, &(first..end))
        });
    // "She called off", "they called on".
    let empty = words
        .clone()
        .all(|i| line.is_adp(i) || line.is_adverb(i) || !line.is_word(i));
    // "spoke to each | of the players"
    let part = words.start > 0
        && line.fold(words.start) == "of"
        && line
            .np_ending_at(words.start)
            .is_some_and(|np| np.governed.is_some());
    if thing || empty || part {
        return true;
    }
    if withholds(line, line.item_at(frame.cue.end - 1), words) {
        return true;
    }
    let calls = can(Classes::CALL) && !can(Classes::NOUN_CONTENT) && !hands_over(line, frame);
    let Some(np) = line.np_starting_at(words.start) else {
        return calls && !is_judgment(line, words.start);
    };
    let pronoun = matches!(line.fold(np.head), "it" | "this" | "that" | "one" | "them" | "so");
    let pronoun = pronoun && (can(Classes::DEED) || !can(Classes::ATTITUDE));
    // "A survey shows an even split", "saw the raid as a warning".
    let document = can(Classes::DATA) && source.is_some_and(|s| is_document(line, s));
    let tells = document || (np.items.end..words.end).any(|i| line.fold(i) == "as");
    np.items.end >= words.end && np.kind == NpKind::Pronoun && (pronoun || calls)
        || np.kind == NpKind::Time
        || is_duration(line, np)
        || can(Classes::DEED) && !tells && !is_matter(line, np, can(Classes::ATTITUDE), can(Classes::PEOPLE))
        || calls && !judges(line, np, words) && !source.is_some_and(|s| leaves_gap(line, s))
}

/// "The council denied Holm the votes that he needs": who gets nothing, and what he does not get.
fn withholds(line: &Line<'_>, cue: usize, words: &Range<usize>) -> bool {
    let denies = matches!(line.fold(cue), "deny" | "denies" | "denied" | "denying");
    let Some(whom) = line.np_starting_at(words.start).filter(|_| denies) else {
        return false;
    };
    let pronoun = matches!(line.fold(whom.head), "him" | "her" | "them" | "us" | "me" | "you");
    let somebody = whom.kind == NpKind::Name || pronoun;
    let what = line
        .np_starting_at(whom.items.end)
        .filter(|np| np.kind == NpKind::Common && np.items.end <= words.end);
    somebody && what.is_some()
}

/// "She has seen officials come and go": what somebody sees with his eyes, told with a verb in its plain form.
fn perceives(line: &Line<'_>, cue: usize, words: &Range<usize>) -> bool {
    let saw = matches!(line.fold(cue), "saw" | "seen" | "watched" | "heard" | "felt");
    let np = line.np_starting_at(words.start).filter(|_| saw);
    np.is_some_and(|np| {
        let verb = np.items.end;
        let plain = matches!(line.tag(verb), Tag::VerbBase | Tag::VerbPres);
        plain && !line.is_aux(verb) && !line.fold(verb).ends_with('s')
    })
}

/// Whether the phrase at item `at` is headed by a word for something written or found out.
fn is_document(line: &Line<'_>, at: usize) -> bool {
    const WRITTEN: Classes = Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT);
    line.np_starting_at(at).is_some_and(|np| {
        let word = line.fold(np.head);
        let one = word.strip_suffix('s').unwrap_or(word);
        line.classes(np.head).has(WRITTEN) || cue::classes(one).has(WRITTEN)
    })
}

/// Whether a phrase means something that can be thought of, and not only touched: "the plan", "their decision", Okoro.
/// With `people` the holder of an office can be, too, and with `anybody` whoever it is.
fn is_matter(line: &Line<'_>, np: &Np, people: bool, anybody: bool) -> bool {
    const SPOKEN_OF: Classes = Classes::MATTER
        .and(Classes::DOCUMENT)
        .and(Classes::CUE_NOUN_ACT)
        .and(Classes::CUE_NOUN_DOCUMENT)
        .and(Classes::CUE_NOUN_VIEW);
    let word = line.fold(np.head);
    let one = word.strip_suffix('s').unwrap_or(word);
    let one = one
        .strip_suffix("ie")
        .map_or_else(|| one.to_owned(), |stem| format!("{stem}y"));
    let thing = lexicon::english().thing(word);
    match np.kind {
        // "The plan, which Brandt once supported": what the pronoun stands for is not looked up.
        NpKind::Name | NpKind::Relative => true,
        NpKind::Pronoun => {
            let himself = matches!(word, "himself" | "herself" | "itself" | "themselves" | "myself");
            people && (himself || matches!(word, "him" | "her" | "us" | "me" | "you"))
        }
        NpKind::Common => {
            line.classes(np.head).has(SPOKEN_OF)
                || cue::classes(&one).has(SPOKEN_OF)
                || one.len() > 4 && lexicon::english().is_matter_ending(&one)
                // "The closing of the market".
                || word.len() > 5 && word.ends_with("ing") && line.fold(np.items.end) == "of"
                || matches!(
                    thing,
                    Some(ThingClass::Event | ThingClass::Text | ThingClass::Land | ThingClass::Body)
                )
                || people && line.tag(np.items.start) != Tag::Num && is_office(line, np.head)
                || anybody && line.may_speak(np)
        }
        NpKind::Time => false,
    }
}

fn is_office(line: &Line<'_>, i: usize) -> bool {
    let words = lexicon::english();
    let role = line
        .items
        .get(i)
        .and_then(|x| words.role_at(&line.local.tokens, x.first as usize));
    role.is_some_and(|r| words.roles[r.row].class == RoleClass::Office)
}

/// Whether a word begins what something is called.
fn is_judgment(line: &Line<'_>, at: usize) -> bool {
    matches!(line.tag(at), Tag::Adj | Tag::VerbPart | Tag::VerbIng)
}

/// Whether what stands right before a source is part of the clause that it begins: "the man police say shot her".
fn leaves_gap(line: &Line<'_>, source: usize) -> bool {
    source.checked_sub(1).is_some_and(|b| {
        line.np_ending_at(b + 1).is_some() || line.classes(b).has(Classes::RELATIVE) || line.fold(b) == "what"
    })
}

/// Whether the cue ends with the preposition of its content: "called for".
fn hands_over(line: &Line<'_>, frame: &Frame) -> bool {
    let last = &line.local.tokens.list[frame.cue.end - 1];
    last.tag == Tag::Adp || line.local.tokens.fold(frame.cue.end - 1) == "to"
}

/// "six minutes", "nearly an hour".
fn is_duration(line: &Line<'_>, np: &Np) -> bool {
    let head = line.fold(np.head);
    lexicon::english().is(WordSet::TimeUnit, head)
        && np
            .items
            .clone()
            .any(|i| line.tag(i) == Tag::Num || matches!(line.fold(i), "a" | "an" | "several" | "many"))
}

/// Whether something is said of the object `np`: "called him a liar", "called the raid barbaric", "accused them of it".
fn judges(line: &Line<'_>, np: &Np, words: &Range<usize>) -> bool {
    let behind = np.items.end..words.end;
    let end = behind
        .clone()
        .find(|i| line.fold(*i) == "to" || line.tag(*i).is_finite() || line.is_aux(*i) || line.is_stop(*i));
    let behind = behind.start..end.unwrap_or(behind.end);
    let bare = |i: usize| {
        let np = line.np_starting_at(i);
        np.is_some_and(|np| np.governed.is_none() && np.kind != NpKind::Time)
            || line.np_over(i).is_none() && is_judgment(line, i)
    };
    // "called the plan madness": the phrase took in what the plan is called.
    let named = np.items.len() > 2
        && line.tag(np.head - 1).is_noun()
        && ["ness", "ism", "ity", "sense"]
            .iter()
            .any(|e| line.fold(np.head).ends_with(e));
    named
        || line.tag(np.head) == Tag::Adj
        || line.tag(np.items.end - 1) == Tag::Adj && np.head + 1 < np.items.end
        || behind.clone().any(|i| bare(i) || line.fold(i) == "as")
        // "Called the quarrel with the guild unusual".
        || behind.len() > 1 && line.tag(behind.end - 1) == Tag::Adj
        || line.fold(behind.start) == "of"
            && words.start > 0
            && line.fold(words.start - 1).starts_with("accus")
}

/// "She conceded before the count was over": when or why, and nothing else.
fn is_adverbial(line: &Line<'_>, words: &Range<usize>) -> bool {
    let opens = matches!(
        line.fold(words.start),
        "before" | "after" | "while" | "as" | "because" | "since" | "until"
    );
    let main = |i: usize| {
        line.is_comma(i) && (starts_clause(line, i + 1) || line.is_adp(i + 1) || line.is_adverb(i + 1))
            || line.fold(i) == "that"
    };
    opens && !(words.start + 1..words.end).any(main)
}

/// "She repeated the exercise before the rain came": the only verb is that of a clause that says when.
fn only_when(line: &Line<'_>, words: &Range<usize>) -> bool {
    let opens = |i: usize| {
        matches!(
            line.fold(i),
            "before" | "after" | "while" | "because" | "until" | "when"
        ) && starts_clause(line, i + 1)
    };
    let Some(at) = (words.start + 1..words.end).find(|i| opens(*i)) else {
        return false;
    };
    let plain = line
        .np_starting_at(words.start)
        .is_some_and(|np| np.items.end <= at);
    plain
        && !(words.start..at)
            .any(|i| line.tag(i).is_finite() || line.is_aux(i) || line.is_verb(i) || line.is_contraction(i))
        && !(at + 1..words.end).any(|i| line.is_comma(i))
}

/// "conceded | was over": a verb without a subject, which nothing before the source can be.
fn lacks_subject(line: &Line<'_>, words: &Range<usize>, source: Option<usize>) -> bool {
    let first = words.start;
    let verb = line.tag(first).is_finite() || line.is_aux(first);
    // "argue had the plan been known, it would".
    let inverted = line.is_aux(first) && line.np_starting_at(first + 1).is_some();
    verb && !inverted && !source.is_some_and(|s| leaves_gap(line, s))
}

/// "The engineer, who wrote it, once drove for them": where the main clause goes on behind the comma that closes a
/// relative clause whose cue ends at token `cue`.
pub(super) fn main_verb(line: &Line<'_>, source: &Range<usize>, cue: usize) -> Option<usize> {
    let item = |token: usize| line.items.partition_point(|x| (x.end as usize) <= token);
    let relative = item(source.start);
    // "The union, whose members say it, has lobbied for it".
    let opens = |i: usize| matches!(line.fold(i), "whose" | "which" | "who");
    let relative = relative - usize::from(relative > 0 && opens(relative - 1));
    if relative == 0 || !line.is_comma(relative - 1) {
        return None;
    }
    let tense = |i: usize| line.tag(i).is_finite() || line.is_aux(i);
    // "Who said that Roy, tired of it, would leave": commas in front of the verb of what is said are of its subject.
    let from = item(cue);
    let clause = line.fold(from) == "that" && line.tag(from) != Tag::Det;
    let from = (from..line.len()).find(|i| !clause || tense(*i)).unwrap_or(from);
    let close = (from..line.len()).find(|i| {
        let mut next = i + 1;
        while line.is_adverb(next) {
            next += 1;
        }
        line.is_comma(*i) && tense(next)
    })?;
    Some(line.items[close].first as usize)
}

/// "Dockers who back the mayor are few": where the clause around goes on right behind what the relative clause has for its
/// object.
pub(super) fn verb_behind_object(line: &Line<'_>, frame: &Frame) -> Option<usize> {
    let content = frame
        .content
        .first()
        .filter(|_| frame.content_kind == ContentKind::Phrase)?;
    let np = line.np_starting_at(line.item_at(content.start))?;
    let behind = extent::extend_right(line, np, false);
    let verb = (behind..line.len()).find(|i| !line.is_adverb(*i))?;
    let main = line.tag(verb).is_finite() || line.is_aux(verb);
    (main && !line.is_quote(behind)).then(|| line.items[behind].first as usize)
}
