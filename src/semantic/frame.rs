//! Frames of reporting in one sentence: who (the source phrase) says (the cue) what (the content).
//!
//! A frame is found from its cue. The source is the cue's subject, or the agent of a passive, or what
//! "according to" governs; the content is what the cue's grammar leaves for it. Whether a frame is a
//! quotation is for the next stage to decide.

use std::ops::Range;

use crate::{
    base::{order::Order, word::TokenKind},
    semantic::{
        content::{content_of, is_putting, quotes_in},
        content_end::{clause_end, phrase_end, starts_clause},
        cue::{self, Classes, CueVerb, Form},
        deed, extent,
        line::{Line, NpKind},
        noun::{NOUN_CUES, light_noun, noun_frame, response_frame, verdict_frame},
        subject::{self, Subject, Voice},
        verb_group::verb_group,
        verbless::{according, for_frame, gapped, is_mark, mark_frame},
    },
    syntax::{tag::Tag, token::Shape},
};

/// How a frame reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FrameKind {
    /// A cue verb with its subject.
    Verb,
    /// A cue verb in the passive, with the agent if one is named.
    Passive,
    /// A cue noun with whom it belongs to.
    Noun,
    /// "according to".
    According,
    /// A colon, a dash, the label of a turn.
    Mark,
    /// A second subject that shares the cue ("and Okoro “a gift”").
    Gapped,
    /// "For Hartmann it was “…”".
    For,
    /// What seems so, or is said or expected by nobody in particular: "is expected to", "it is unclear whether".
    Seeming,
}

/// Where the content stands to the cue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// The content follows.
    After,
    /// The content comes first.
    Before,
    /// The frame stands inside the content.
    Around,
}

/// How the content is built.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ContentKind {
    /// A clause, with or without "that".
    Clause,
    /// "to" and a verb.
    Infinitive,
    /// A noun phrase, or an object with what it is called.
    Phrase,
    /// A quotation and nothing else.
    Quotation,
}

/// A frame; ranges are of the block's tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The words of the cue, with its auxiliaries.
    pub cue: Range<usize>,
    /// The source phrase.
    pub source: Option<Range<usize>>,
    /// What a relative pronoun as source stands for.
    pub antecedent: Option<Range<usize>>,
    /// The content, in text order; empty when the cue has none in this sentence.
    pub content: Vec<Range<usize>>,
    /// What reports.
    pub kind: FrameKind,
    /// Where the content stands.
    pub side: Side,
    /// How the content is built.
    pub content_kind: ContentKind,
    /// What the cue can carry.
    pub classes: Classes,
    /// Whether the cue is negated or a refusal.
    pub negated: bool,
    /// Whether the source can speak, by its head.
    pub animate: bool,
}

/// Finds the frames of one sentence, in the order of their cues.
pub(super) fn frames(line: &Line<'_>) -> Vec<Frame> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        if line.is_quote(i) {
            i += 1;
            continue;
        }
        let word = line.fold(i);
        if word == "according" && line.fold(i + 1) == "to" {
            found.extend(according(line, i));
            i += 2;
            continue;
        }
        let particle = cue::particle_verb(word, |k| line.fold(i + 1 + k)).filter(|_| is_cue_verb(line, i));
        let verb = match particle {
            None => cue::verb(word).filter(|_| is_cue_verb(line, i)).map(|v| (v, 0)),
            particle => particle.filter(|(verb, _)| verb.reports()),
        };
        if let Some((verb, particle)) = verb {
            found.extend(verb_frame(line, i, i + 1 + particle, verb));
        } else if line.classes(i).has(NOUN_CUES) && line.tag(i).is_noun() {
            found.extend(noun_frame(line, i));
        } else if is_mark(line, i) {
            found.extend(mark_frame(line, i));
        }
        i += 1;
    }
    found.extend(for_frame(line));
    found.extend(response_frame(line));
    found.extend(verdict_frame(line));
    let gapped: Vec<Frame> = found.iter().filter_map(|f| gapped(line, f)).collect();
    found.extend(gapped);
    found.order_by_key(|f| (f.cue.start, f.cue.end));
    // "Declined to comment": the refusal and what is refused are both cues.
    found.dedup_by(|b, a| a.cue == b.cue && a.content == b.content);
    // "Issued a statement saying": the longer cue holds the shorter one.
    let starts: Vec<(usize, usize)> = found.iter().map(|f| (f.cue.start, f.cue.end)).collect();
    let mut i = 0;
    found.retain(|_| {
        i += 1;
        starts
            .get(i)
            .is_none_or(|next| next.0 != starts[i - 1].0 || next.1 == starts[i - 1].1)
    });
    // "BOARD BANS HATE SPEECH": capitals throughout hide which word is the verb, so that only a verb of saying counts.
    let capitals = (0..line.len())
        .filter(|i| line.is_word(*i) && line.shape(*i) == Shape::AllCaps)
        .count();
    let small = (0..line.len()).any(|i| matches!(line.shape(i), Shape::Lower | Shape::Capital));
    if capitals > 3 && !small {
        found.retain(|f| {
            f.kind != FrameKind::Verb || !f.classes.has(Classes::WEAK) || quotes_in(line, &f.content)
        });
    }
    keep_relative_clauses_apart(line, &mut found);
    share_subjects(line, &mut found);
    for frame in &mut found {
        if deed::is_deed(line, frame) {
            frame.classes = frame.classes.and(Classes::FREE);
        }
    }
    found
}

/// "Okoro said the bank had failed and called it “a farce”", "…, calling it “a farce”": a verb of saying without a
/// subject of its own goes on with who is speaking, not with whom the report is about.
fn share_subjects(line: &Line<'_>, found: &mut [Frame]) {
    for f in 1..found.len() {
        let (before, rest) = found.split_at_mut(f);
        let frame = &mut rest[0];
        let Some(source) = frame
            .source
            .clone()
            .filter(|s| frame.kind == FrameKind::Verb && s.end < frame.cue.start)
        else {
            continue;
        };
        let tokens = &line.local.tokens;
        let mut at = frame.cue.start;
        while at > source.end && line.local.tokens.list[at - 1].tag == Tag::Adv {
            at -= 1;
        }
        let previous = tokens.fold(at - 1);
        let participle = cue::verb(tokens.fold(frame.cue.start)).is_some_and(|v| v.form == Form::Ing);
        let bare = cue::classes(previous).has(Classes::COORDINATOR) || participle && previous == ",";
        if !bare || at <= source.end {
            continue;
        }
        let around = |inner: &Range<usize>| {
            before.iter().rev().find(|o| {
                o.kind == FrameKind::Verb
                    && o.animate
                    && o.content_kind == ContentKind::Clause
                    && o.classes.has(Classes::SPEECH.and(Classes::THAT))
                    && !o.classes.has(Classes::WEAK)
                    && o.source.is_some()
                    && o.content
                        .iter()
                        .any(|c| c.start <= inner.start && inner.end <= c.end)
            })
        };
        let mut outer = around(&source);
        // "Okoro told them that she believed it, saying …": a pronoun inside a report stands for who reports.
        while let Some(further) = outer
            .and_then(|o| o.source.as_ref())
            .filter(|s| s.len() == 1 && cue::classes(tokens.fold(s.start)).has(Classes::PERSONAL))
            .and_then(&around)
        {
            outer = Some(further);
        }
        if let Some(outer) = outer {
            frame.source.clone_from(&outer.source);
            frame.antecedent.clone_from(&outer.antecedent);
            frame.animate = outer.animate;
        } else if let Some(main) = participle.then(|| main_subject(line, &source)).flatten() {
            frame.source = Some(main);
            frame.antecedent = None;
            frame.animate = true;
        }
    }
}

/// "She was adamant that the company keep it, telling Okoro …": the subject of the main clause, where `source`
/// stands in a clause behind its "that".
fn main_subject(line: &Line<'_>, source: &Range<usize>) -> Option<Range<usize>> {
    let that = (0..line.len())
        .take_while(|i| (line.items[*i].first as usize) < source.start)
        .find(|i| line.fold(*i) == "that" && line.tag(*i) != Tag::Det)?;
    let verb = (0..that).find(|i| line.tag(*i).is_finite() || line.is_aux(*i))?;
    let (subject, _) = subject::before(line, verb)?;
    subject::may_speak(line, &subject).then(|| line.tokens(subject))
}

/// "Graham, who says the allies should go, tweeted that …": what is said in a relative clause ends before the verb
/// of the clause around it.
fn keep_relative_clauses_apart(line: &Line<'_>, found: &mut [Frame]) {
    for f in 0..found.len() {
        // "the union, whose members say …, has lobbied for it".
        let relative = |t: usize| cue::classes(line.local.tokens.fold(t)).has(Classes::RELATIVE);
        let Some(source) = found[f].source.clone().filter(|s| {
            relative(s.start)
                || s.start
                    .checked_sub(1)
                    .is_some_and(|t| line.local.tokens.fold(t) == "whose")
        }) else {
            continue;
        };
        let main = found
            .iter()
            .filter(|g| g.cue.start > found[f].cue.end && g.kind == FrameKind::Verb)
            .find(|g| g.source.as_ref().is_some_and(|s| s.start < source.start))
            .map(|g| g.cue.start)
            .or_else(|| deed::main_verb(line, &source, found[f].cue.end));
        let Some(end) = main.filter(|_| found[f].side == Side::After) else {
            continue;
        };
        for content in &mut found[f].content {
            content.end = content.end.min(end);
            while content.end > content.start && line.local.tokens.fold(content.end - 1) == "," {
                content.end -= 1;
            }
        }
        found[f].content.retain(|c| c.start < c.end);
    }
}

/// Whether item `i`, spelled like a cue verb, is one here.
fn is_cue_verb(line: &Line<'_>, i: usize) -> bool {
    let before = i.checked_sub(1);
    let after_article = before.is_some_and(|b| {
        line.tag(b) == Tag::Det
            && !matches!(
                line.fold(b),
                "that"
                    | "this"
                    | "all"
                    | "both"
                    | "another"
                    | "some"
                    | "many"
                    | "few"
                    | "each"
                    | "either"
                    | "neither"
                    | "most"
            )
    });
    // "Roy's proposed deal": the participle describes the noun.
    let describes = matches!(line.tag(i), Tag::VerbPart | Tag::VerbPast)
        && before.is_some_and(|b| line.kind(b) == TokenKind::Possessive)
        && (line.tag(i + 1).is_noun() || matches!(line.tag(i + 1), Tag::Propn | Tag::Adj));
    if describes {
        return false;
    }
    // "The so-called “quiet zone”" is no report.
    if after_article || before.is_some_and(|b| line.fold(b) == "-" && !line.is_dash(b)) {
        return false;
    }
    if line.is_verb(i) {
        return true;
    }
    // The tagger takes some cues for nouns; beside a quotation or after a bare subject they are verbs.
    let plain = matches!(
        line.fold(i),
        "said" | "says" | "told" | "tells" | "added" | "adds" | "asked" | "wrote" | "saying"
    );
    let beside_quote =
        before.is_some_and(|b| line.is_quote(b) || line.is_comma(b) && b > 0 && line.is_quote(b - 1));
    plain
        || beside_quote
            && line.tag(i).is_noun()
            && line.np_starting_at(i + 1).is_some_and(|n| n.kind == NpKind::Name)
}

/// The frame of the cue verb at item `at`, whose particle ends before item `behind`.
fn verb_frame(line: &Line<'_>, at: usize, behind: usize, verb: CueVerb) -> Option<Frame> {
    let subject = subject::of_verb(line, at, verb.form)?;
    if subject.voice == Voice::Passive {
        return passive_frame(line, at, verb, &subject);
    }
    let light = light_noun(line, behind, verb).filter(|_| !subject.inverted);
    let Subject {
        group,
        source,
        antecedent,
        inverted,
        negated,
        ..
    } = subject;
    // "put out a statement which read “…”": whoever put it out speaks.
    let issued = antecedent.as_ref().and_then(|a| issuer(line, a));
    let (source, antecedent) = match issued {
        Some(subject) => (Some(subject), None),
        None => (source, antecedent),
    };
    let after_frame = match (&source, inverted) {
        // The comma that closes an apposition closes the frame.
        (Some(s), true) => s.end.max(behind) - usize::from(line.is_comma(s.end.max(behind) - 1)),
        _ => behind,
    };
    let front = match (&source, inverted) {
        (Some(s), false) => s.start.min(group.start),
        _ => group.start,
    };
    let front = if front > 0 && line.fold(front - 1) == "as" {
        front - 1
    } else {
        front
    };
    if let Some((cue_end, content)) = light {
        return Some(Frame {
            cue: line.tokens(group.start..cue_end),
            animate: source.as_ref().is_none_or(|s| subject::may_speak(line, s)),
            source: source.map(|s| line.tokens(s)),
            antecedent: antecedent.map(|s| line.tokens(s)),
            content: vec![line.tokens(content)],
            kind: FrameKind::Verb,
            side: Side::After,
            content_kind: ContentKind::Phrase,
            classes: Classes::NOUN_CONTENT.and(Classes::WEAK).and(Classes::ATTITUDE),
            negated,
        });
    }
    // "The poll found him ahead": what a document finds needs no verb.
    let written = source
        .as_ref()
        .filter(|_| verb.classes.has(Classes::DATA))
        .is_some_and(|s| {
            line.np_starting_at(s.start).is_some_and(|np| {
                line.classes(np.head)
                    .has(Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT))
            })
        });
    let carries = if written {
        verb.with(Classes::NOUN_CONTENT)
    } else {
        verb
    };
    let (mut content, side, kind) = content_of(line, front, after_frame, carries, inverted)
        .or_else(|| fronted(line, source.as_ref(), behind, verb))?;
    let kind = if written && kind == ContentKind::Phrase && line.np_starting_at(after_frame).is_some() {
        ContentKind::Clause
    } else {
        kind
    };
    // "Asked not to be named", "who did not want to be identified".
    let named = content.first().is_some_and(|c| {
        let tokens = &line.local.tokens;
        (c.start..c.end.min(c.start + 5)).any(|t| {
            tokens.fold(t) == "be"
                && cue::classes(tokens.fold(t + 1)).has(Classes::ANONYMOUS)
                && t + 1 < c.end
        })
    });
    if named && kind != ContentKind::Quotation && (negated || kind == ContentKind::Infinitive) {
        return None;
    }
    if verb.classes.has(Classes::WEAK) && !written && kind == ContentKind::Clause && side == Side::After {
        let opener = content.first().map_or("", |c| line.local.tokens.fold(c.start));
        let clause = opener == "that"
            || cue::classes(opener).has(Classes::QUESTION)
            || starts_clause(line, after_frame);
        if !clause && !quotes_in(line, &content) {
            return None;
        }
    }
    // "You should see it under the lens": what is only seen is no view, unless as something.
    let seen = verb.classes.has(Classes::WEAK) && verb.hands_over("as") && kind == ContentKind::Phrase;
    if seen
        && line
            .classes(after_frame)
            .has(Classes::OBJECT.and(Classes::PERSONAL))
    {
        let close = (after_frame + 1..line.len().min(after_frame + 3)).any(|i| line.fold(i) == "as");
        if !close && !quotes_in(line, &content) {
            return None;
        }
    }
    if side == Side::After && kind == ContentKind::Phrase {
        reshape(line, verb, &mut content);
    }
    // "Refusing to give up power, Roy agreed": the source ends the content that stands before it.
    if let (Some(s), Some(last), Side::After) = (&source, content.last_mut(), side)
        && s.start > at
    {
        let subject = line.tokens(s.clone());
        if last.start < subject.start && subject.start < last.end {
            let comma = s.start > 0 && line.is_comma(s.start - 1);
            last.end = subject.start - usize::from(comma);
            if last.end <= last.start {
                return None;
            }
        }
    }
    // Whoever wants, believes or supports something is somebody: "teenagers", "three quarters".
    let minded = verb.classes.has(Classes::ATTITUDE)
        && !quotes_in(line, &content)
        && source
            .as_ref()
            .and_then(|s| line.np_starting_at(s.start))
            .is_some_and(|np| line.tag(np.head) == Tag::NounPl && !line.is_thing(np.head));
    let speaks = source.as_ref().is_none_or(|s| subject::may_speak(line, s));
    // "A plan that supports growth", "it offered nothing": what has no mind holds no view.
    let mindless = verb.classes.has(Classes::WEAK)
        && source.as_ref().is_some_and(|s| {
            s.len() == 1
                && match line.fold(s.start) {
                    "it" | "this" => true,
                    "that" | "which" => antecedent.as_ref().is_none_or(|a| !subject::may_speak(line, a)),
                    _ => false,
                }
        });
    let animate = minded || speaks && !mindless;
    // "Crowds supporting the plan": beside the main verb a view only tells more of somebody.
    let aside = verb.form == Form::Ing
        && verb.classes.has(Classes::WEAK)
        && kind != ContentKind::Infinitive
        && group.end == group.start + 1;
    // "Minister to announce cuts": a headline tells with its infinitive what will be.
    let headline = source
        .as_ref()
        .is_some_and(|s| s.start == 0 && s.end == group.start)
        && !(0..line.len()).any(|i| line.tag(i).is_finite() || line.is_aux(i));
    let free = if line.fold(group.start) == "to" && !headline || aside {
        Classes::FREE
    } else {
        Classes::default()
    };
    let start = statement_before(line, group.start, verb.form)
        .or_else(|| quoted_before(line, group.start))
        .unwrap_or(group.start);
    let mut cue = line.tokens(start..subject::cue_end(line, behind));
    // "Said repeatedly that", "she wrote recently": how and when it was said belongs to the cue.
    if side == Side::After || !inverted {
        cue.end = manner_end(line, cue.end);
    }
    // "As a memo put it", "she said with a grin": neither is what was said.
    let next = line.item_at(cue.end);
    let grin = line
        .np_starting_at(next + 1)
        .filter(|np| line.fold(next) == "with" && np.kind == NpKind::Common && line.tag(next + 1) == Tag::Det)
        .filter(|np| {
            verb.plain && side != Side::After && (line.is_stop(np.items.end) || line.is_comma(np.items.end))
        });
    if is_putting(line.fold(at)) && line.fold(next) == "it" {
        cue.end += 1;
        if let Some(first) = content
            .first_mut()
            .filter(|c| side == Side::After && c.start < cue.end)
        {
            first.start = cue.end + usize::from(line.is_comma(next + 1));
        }
        content.retain(|c| c.start < c.end);
    } else if let Some(np) = grin.filter(|_| !inverted) {
        cue.end = line.tokens(np.items.clone()).end;
    }
    // "boasted of", "referring to", "called for", "said:": the preposition or colon that hands over to the
    // content belongs to the cue.
    if let Some(first) = content.first_mut().filter(|_| side == Side::After) {
        let word = line.local.tokens.fold(first.start);
        let preposition = verb.hands_over(word)
            || word == "to" && !verb.classes.has(Classes::INFINITIVE)
            || matches!(
                word,
                "of" | "about" | "for" | "against" | "at" | "on" | "with" | "over"
            );
        // "spoke highly of", "called again for": what stands between is part of the cue.
        let near = (cue.end..first.start).all(|t| line.local.tokens.list[t].tag == Tag::Adv);
        if kind == ContentKind::Phrase && preposition && near && first.start >= cue.end && first.len() > 1 {
            cue.end = first.start + 1;
            first.start += 1;
        } else if line.local.tokens.fold(cue.end) == ":" && first.start == cue.end + 1 {
            cue.end += 1;
        }
    }
    // "A plan that Roy said would fail": what the relative pronoun stands for is part of what he said.
    if side == Side::After
        && kind == ContentKind::Clause
        && let Some(relative) = source.as_ref().and_then(|s| s.start.checked_sub(1))
        && line
            .np_starting_at(relative)
            .is_some_and(|np| np.kind == NpKind::Relative || line.fold(relative) == "what")
        && (line.is_aux(after_frame) || line.is_verb(after_frame))
    {
        content.insert(0, line.tokens(relative..relative + 1));
    }
    let mut frame = Frame {
        cue,
        source: source.map(|s| line.tokens(s)),
        antecedent: antecedent.map(|s| line.tokens(s)),
        content,
        kind: FrameKind::Verb,
        side,
        content_kind: kind,
        classes: carries.classes.and(free),
        negated,
        animate,
    };
    // "Declined to comment" has no content but the refusal.
    let mute = frame.content.is_empty() && !inverted;
    if negated && (side == Side::After || mute) && !quotes_in(line, &frame.content) {
        refuse(line, &mut frame);
    }
    Some(frame)
}

/// "Said repeatedly that", "she wrote recently.": where the cue ends whose adverbs begin at the token `from`; but "had
/// just offered nearly half" is no manner of offering.
fn manner_end(line: &Line<'_>, from: usize) -> usize {
    let tokens = &line.local.tokens;
    let manner = |t: usize| {
        let word = tokens.fold(t);
        tokens.list[t].tag == Tag::Adv
            && tokens.list[t].shape == Shape::Lower
            && (word.ends_with("ly") && !word.starts_with("exact") && !word.starts_with("precise")
                || matches!(word, "back" | "again" | "then"))
    };
    let end = (from..tokens.len()).find(|t| !manner(*t)).unwrap_or(tokens.len());
    let next = tokens.list.get(end);
    let over = next.is_none_or(|t| t.kind == TokenKind::Punct)
        || tokens.fold(end) == "that"
        || cue::classes(tokens.fold(end)).has(Classes::PERSONAL);
    if over && tokens.fold(end) != "-" {
        end
    } else {
        from
    }
}

/// "A judge whom they like", "which he described as a mistake": the relative pronoun in front of the subject is what is
/// liked or described.
fn fronted(
    line: &Line<'_>,
    source: Option<&Range<usize>>,
    behind: usize,
    verb: CueVerb,
) -> Option<(Vec<Range<usize>>, Side, ContentKind)> {
    let before = source?.start.checked_sub(1)?;
    // "Whom even friends hate".
    let even = usize::from(line.fold(before) == "even");
    let relative = before.checked_sub(even).filter(|i| {
        line.fold(*i) == "what"
            || line
                .np_starting_at(*i)
                .is_some_and(|np| np.kind == NpKind::Relative)
    })?;
    // "“…,” runs the saying that everyone repeats": the words of the sentence are not the clause's.
    let quotes = line.items.iter().any(|x| x.region.is_some());
    if quotes || !verb.classes.has(Classes::CALL.and(Classes::NOUN_CONTENT)) {
        return None;
    }
    let mut next = behind;
    while line.is_adverb(next) {
        next += 1;
    }
    // "Which they believe hurt workers" has a gap further on; so has "what they saw".
    let gap = line.tag(next).is_finite() || line.is_aux(next);
    if gap || line.fold(relative) == "what" && line.fold(next) != "as" {
        return None;
    }
    if line.is_quote(next)
        || line
            .np_starting_at(next)
            .is_some_and(|np| np.kind != NpKind::Time)
    {
        return None;
    }
    let mut content = vec![line.tokens(relative..relative + 1)];
    if line.fold(next) == "as" {
        let end = phrase_end(line, next, clause_end(line, next));
        content.push(line.tokens(next..end));
    }
    Some((content, Side::After, ContentKind::Phrase))
}

/// "accused the leader, Kim Okoro, of “…”": the judgment stands behind the apposition. "attacked her as “…” after she had left":
/// the clause of time is no part of it.
fn reshape(line: &Line<'_>, verb: CueVerb, content: &mut [Range<usize>]) {
    let Some(last) = content.last_mut() else { return };
    let item = |token: usize| line.items.partition_point(|x| (x.end as usize) <= token);
    let end = item(last.end);
    let judges = verb.classes.has(Classes::CALL.and(Classes::NOUN_CONTENT));
    let hands = matches!(line.fold(end + 1), "of" | "as");
    if judges && !quotes_in(line, std::slice::from_ref(last)) && line.is_comma(end) && hands {
        let quote = (end + 2..line.len().min(end + 6)).find(|i| line.is_quote(*i));
        if let Some(quote) = quote {
            last.end = line.items[quote].end as usize;
        }
    }
    let quote = (item(last.start)..end).find(|i| line.is_quote(*i));
    let clause = quote.and_then(|quote| {
        (quote + 1..end).find(|i| {
            matches!(
                line.fold(*i),
                "after" | "before" | "because" | "while" | "although" | "though"
            ) && starts_clause(line, i + 1)
        })
    });
    if let Some(clause) = clause {
        last.end = line.items[clause].first as usize;
    }
}

/// "Refused to discuss the plan": without a quotation the refusal is the cue, and what is refused the content.
fn refuse(line: &Line<'_>, frame: &mut Frame) {
    let tokens = &line.local.tokens;
    let to = (frame.cue.start + 1..frame.cue.end).find(|t| {
        tokens.fold(*t) == "to"
            && cue::verb(tokens.fold(t - 1)).is_some_and(|v| v.classes.has(Classes::REFUSAL))
    });
    if let Some(to) = to {
        let refused = to..frame.content.last().map_or(frame.cue.end, |c| c.end);
        frame.side = Side::After;
        frame.content.clear();
        frame.content.push(refused);
        frame.cue.end = to;
        frame.content_kind = ContentKind::Infinitive;
        frame.classes = Classes::INFINITIVE.and(Classes::ATTITUDE);
    }
}

/// Who issues the statement at the items `document`.
fn issuer(line: &Line<'_>, document: &Range<usize>) -> Option<Range<usize>> {
    let np = line.np_starting_at(document.start)?;
    let before = document.start.checked_sub(1)?;
    let particle = usize::from(matches!(line.fold(before), "out" | "up"));
    let put = before.checked_sub(particle).filter(|v| line.is_verb(*v))?;
    let light = cue::verb(line.fold(put)).filter(|v| v.classes.has(Classes::LIGHT))?;
    let group = verb_group(line, put, light.form);
    let said = line.classes(np.head).has(Classes::CUE_NOUN_DOCUMENT) && !group.passive;
    let (subject, _) = said.then(|| subject::before(line, group.items.start)).flatten()?;
    subject::may_speak(line, &subject).then_some(subject)
}

/// "Issued a statement on Monday saying": where the verb group begins that puts out what the participle reports.
fn statement_before(line: &Line<'_>, start: usize, form: Form) -> Option<usize> {
    if form != Form::Ing {
        return None;
    }
    let mut end = start;
    if end > 0 && line.is_comma(end - 1) {
        end -= 1;
    }
    while let Some(time) = line.np_ending_at(end).filter(|np| np.kind == NpKind::Time) {
        end = time.governed.unwrap_or(time.items.start);
    }
    let mut np = line.np_ending_at(end)?;
    while let Some(outer) = np.governed.and_then(|p| line.np_ending_at(p)) {
        np = outer;
    }
    let np = Some(np).filter(|np| {
        line.classes(np.head)
            .has(Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT))
    })?;
    // "Put out a statement saying".
    let verb = np.items.start.checked_sub(1)?;
    let particle = usize::from(matches!(line.fold(verb), "out" | "back"));
    let verb = verb.checked_sub(particle).filter(|v| line.is_verb(*v))?;
    let light = cue::verb(line.fold(verb)).filter(|v| v.classes.has(Classes::LIGHT))?;
    Some(verb_group(line, verb, light.form).items.start)
}

/// "Was quoted as saying": where the passive begins that hands over to the participle at item `start`.
fn quoted_before(line: &Line<'_>, start: usize) -> Option<usize> {
    let quoted = start.checked_sub(2).filter(|q| line.fold(q + 1) == "as")?;
    let verb = cue::verb(line.fold(quoted)).filter(|v| v.classes.has(Classes::NOUN_CONTENT))?;
    let group = verb_group(line, quoted, verb.form);
    (group.passive && group.items.start < quoted).then_some(group.items.start)
}

fn passive_frame(line: &Line<'_>, at: usize, verb: CueVerb, subject: &Subject) -> Option<Frame> {
    // "called on the government to “act”": no passive, whatever the tagger thinks.
    // "Members protested by shouting": the tagger takes the past for a participle.
    let by_doing = line.fold(at + 1) == "by" && line.tag(at + 2) == Tag::VerbIng && subject.group.len() == 1;
    let calls_on = by_doing || verb.classes.has(Classes::CALL) && matches!(line.fold(at + 1), "on" | "upon");
    if calls_on || !verb.classes.has(Classes::CALL.and(Classes::SPEECH)) {
        return None;
    }
    let end = clause_end(line, at + 1);
    // The agent: "by" and somebody who can speak, before any other verb.
    let to_be = usize::from(line.fold(at + 1) == "to" && line.fold(at + 2) == "be") * 2;
    let other_verb = (at + 1 + to_be..end)
        .find(|i| {
            !line.is_quote(*i)
                && (line.tag(*i).is_finite() || line.is_aux(*i) || line.tag(*i) == Tag::VerbPart)
        })
        .unwrap_or(end);
    let agent = (at + 1..other_verb.min(line.len())).find_map(|i| {
        (line.fold(i) == "by")
            .then(|| line.np_starting_at(i + 1))
            .flatten()
            .filter(|np| {
                // "described by the bishops' conference as": whoever calls it so can speak.
                line.may_speak(np) || np.kind == NpKind::Common && line.fold(np.items.end) == "as"
            })
            .map(|np| (i, np))
    });
    let source = agent.map(|(_, np)| np.items.start..extent::extend_right(line, np, true));
    let mut from = at + 1;
    if let (Some((by, _)), Some(s)) = (agent, &source)
        && by == at + 1
    {
        from = s.end;
    }
    while line.is_adverb(from) {
        from += 1;
    }
    let mut to = match agent {
        Some((by, _)) if by > from => by,
        _ => end,
    };
    // "was accused by Okoro of “…”" / "described as “…”".
    if matches!(line.fold(from), "as" | "of") {
        from += 1;
    }
    while to > from && line.is_comma(to - 1) {
        to -= 1;
    }
    if agent.is_some() && from < to && !(from..to).any(|i| line.is_quote(i)) {
        to = phrase_end(line, from, to);
    }
    // "As reported by The Herald, the bank failed."
    if at == 1
        && line.fold(0) == "as"
        && line.is_comma(from)
        && let Some(source) = &source
    {
        return Some(Frame {
            cue: line.tokens(at..at + 1),
            animate: true,
            source: Some(line.tokens(source.clone())),
            antecedent: None,
            content: vec![line.tokens(from + 1..clause_end(line, from + 1))],
            kind: FrameKind::According,
            side: Side::After,
            content_kind: ContentKind::Clause,
            classes: verb.classes,
            negated: false,
        });
    }
    // The words stand close behind the verb; what comes after another clause is not its content.
    let quoted = (from..to.min(from + 8).min(other_verb.max(from + 1))).any(|i| line.is_quote(i));
    let carries = quoted || verb.classes.has(Classes::CALL) && source.is_some() && from < to;
    if !carries {
        return None;
    }
    let only = to == from + 1 && line.is_quote(from);
    Some(Frame {
        cue: line.tokens(subject.group.start..at + 1),
        animate: true,
        source: source.map(|s| line.tokens(s)),
        antecedent: None,
        content: vec![line.tokens(from..to)],
        kind: FrameKind::Passive,
        side: Side::After,
        content_kind: if only {
            ContentKind::Quotation
        } else {
            ContentKind::Phrase
        },
        classes: verb.classes,
        negated: subject.negated,
    })
}
