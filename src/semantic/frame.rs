//! Frames of reporting in one sentence: who (the source phrase) says (the cue) what (the content).
//!
//! A frame is found from its cue. The source is the cue's subject, or the agent of a passive, or what
//! "according to" governs; the content is what the cue's grammar leaves for it. Whether a frame is a
//! quotation is for the next stage to decide.

use std::ops::Range;

use crate::{
    base::{order::Order, word::TokenKind},
    semantic::{
        content::quotes_in,
        cue::{self, Classes, Form},
        deed, extent,
        line::{Line, NpKind},
        mentioned::{drop_thoughts, is_mentioned},
        noun::{NOUN_CUES, noun_frame, response_frame, verdict_frame},
        subject::{self},
        verb_frame::verb_frame,
        verbless::{according, for_frame, gapped, in_poll, is_mark, mark_frame, per},
        viewpoint::viewpoint,
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
        if word == "per" {
            found.extend(per(line, i));
        }
        if word == "according" && line.fold(i + 1) == "to" {
            found.extend(according(line, i));
            i += 2;
            continue;
        }
        let particle = cue::particle_verb(word, |k| line.fold(i + 1 + k)).filter(|_| is_cue_verb(line, i));
        let verb = match particle {
            None => line.verb(i).filter(|_| is_cue_verb(line, i)).map(|v| (v, 0)),
            particle => particle.filter(|(verb, _)| verb.reports()),
        };
        if let Some((verb, particle)) = verb {
            found.extend(verb_frame(line, i, i + 1 + particle, verb));
        } else if line.classes(i).has(NOUN_CUES) && line.tag(i).is_noun() {
            found.extend(noun_frame(line, i));
        } else if is_mark(line, i) {
            found.extend(mark_frame(line, i));
        } else {
            found.extend(viewpoint(line, i));
        }
        i += 1;
    }
    drop_media(&mut found);
    found.extend(for_frame(line));
    found.extend(response_frame(line));
    if let Some(verdict) = verdict_frame(line) {
        // "“A mess,” is how one official described it": the plan is not what he said.
        found.retain(|f| f.cue.start != verdict.cue.start);
        found.push(verdict);
    }
    found.extend(in_poll(line, &found));
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
    found.iter_mut().for_each(|f| quoted_as_saying(line, f));
    // "quoted Okoro, the mayor, as saying": what he said is the report.
    let speaks: Vec<usize> = found.iter().filter_map(|f| as_saying(line, f)).collect();
    found.retain(|f| {
        f.content
            .first()
            .is_none_or(|c| f.side != Side::After || !speaks.contains(&c.start))
    });
    keep_relative_clauses_apart(line, &mut found);
    share_subjects(line, &mut found);
    drop_thoughts(line, &mut found);
    for frame in &mut found {
        if deed::is_deed(line, frame) || is_mentioned(line, frame) {
            frame.classes = frame.classes.and(Classes::FREE);
        }
    }
    found
}

/// "The club said on its website that he would stay": a noun that stands between a verb of saying and what it says owns none of it.
fn drop_media(found: &mut Vec<Frame>) {
    let verbs: Vec<(usize, usize)> = found
        .iter()
        .filter(|f| f.kind == FrameKind::Verb && f.side == Side::After && f.classes.has(Classes::SPEECH))
        .filter_map(|f| Some((f.cue.end, f.content.first()?.start)))
        .collect();
    found.retain(|f| {
        let content = f.content.first().map_or(0, |c| c.start);
        f.kind != FrameKind::Noun
            || !verbs
                .iter()
                .any(|v| v.1 == content && v.0 <= f.cue.start && f.cue.start < content)
    });
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
        let closing = matches!(tokens.fold(at - 1), "”" | "\"" | "’" | "'" | "''" | "»");
        let previous = tokens.fold(at - 1 - usize::from(closing && at > 1));
        let participle = cue::verb(tokens.fold(frame.cue.start)).is_some_and(|v| v.form == Form::Ing);
        let bare = cue::classes(previous).has(Classes::COORDINATOR) || participle && previous == ",";
        if !bare || at <= source.end {
            continue;
        }
        // "As the crowd told Okoro to go on, Brandt joked, “…,” drawing laughter": the words right before are hers.
        let own = |o: &Frame| o.source == frame.source && o.content.iter().any(|c| c.end == at);
        if closing && before.iter().any(own) {
            continue;
        }
        let around = |inner: &Range<usize>| {
            before.iter().rev().find(|o| {
                o.kind == FrameKind::Verb
                    && o.animate
                    && (o.content_kind == ContentKind::Clause || o.negated)
                    && (o.negated || o.classes.has(Classes::SPEECH.and(Classes::THAT)))
                    && (o.negated || !o.classes.has(Classes::WEAK))
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

/// Where the source of a participle behind "as" begins: "Okoro, the mayor, as saying".
fn as_saying(line: &Line<'_>, frame: &Frame) -> Option<usize> {
    let source = frame.source.as_ref().filter(|s| s.end < frame.cue.start)?;
    let as_ = line.local.tokens.fold(source.end) == "as";
    (as_ && source.end + 1 == frame.cue.start).then_some(source.start)
}

/// "“…,” the agency quoted her as saying": her words, which the agency only hands on.
fn quoted_as_saying(line: &Line<'_>, frame: &mut Frame) {
    if frame.kind != FrameKind::Verb || frame.side != Side::Before {
        return;
    }
    let Some(behind) = (0..line.len()).find(|i| line.items[*i].first as usize == frame.cue.end) else {
        return;
    };
    let quotes = behind.checked_sub(1).and_then(|i| cue::verb(line.fold(i)));
    let Some(np) = line
        .np_starting_at(behind)
        .filter(|np| quotes.is_some_and(|v| v.classes.has(Classes::NOUN_CONTENT)) && line.may_speak(np))
    else {
        return;
    };
    let end = extent::extend_right(line, np, false);
    if line.fold(end) == "as" && line.tag(end + 1) == Tag::VerbIng && cue::verb(line.fold(end + 1)).is_some()
    {
        frame.cue = line.tokens(end..end + 2);
        frame.source = Some(line.tokens(behind..end));
        frame.antecedent = None;
        frame.animate = true;
    }
}

/// "She was adamant that the company keep it, telling Okoro …": the subject of the main clause, where `source`
/// stands in a clause behind its "that".
fn main_subject(line: &Line<'_>, source: &Range<usize>) -> Option<Range<usize>> {
    let that = (0..line.len())
        .take_while(|i| (line.items[*i].first as usize) < source.start)
        .find(|i| line.fold(*i) == "that" && !matches!(line.tag(*i), Tag::Det | Tag::Pron))?;
    let verb = (0..that).find(|i| line.tag(*i).is_finite() || line.is_aux(*i))?;
    let (subject, _) = subject::before(line, verb)?;
    let somebody = !matches!(line.fold(subject.start), "it" | "this" | "that" | "there");
    (somebody && subject::may_speak(line, &subject)).then(|| line.tokens(subject))
}

/// "Graham, who says the allies should go, tweeted that …": what is said in a relative clause ends before the verb
/// of the clause around it.
fn keep_relative_clauses_apart(line: &Line<'_>, found: &mut [Frame]) {
    for f in 0..found.len() {
        // "the union, whose members say …, has lobbied for it".
        // "Okoro, saying that the strike had failed, left".
        let aside = is_participle_aside(line, &found[f]);
        let relative = |t: usize| cue::classes(line.local.tokens.fold(t)).has(Classes::RELATIVE);
        let Some(source) = found[f].source.clone().filter(|s| {
            aside
                || relative(s.start)
                || s.start.checked_sub(1).is_some_and(|t| {
                    let word = line.local.tokens.fold(t);
                    // "The mill, which officials say employs 40, is closing".
                    word == "whose"
                        || matches!(word, "which" | "who") && line.local.tokens.list[t].tag == Tag::Pron
                })
        }) else {
            continue;
        };
        let main = found
            .iter()
            .filter(|g| g.cue.start > found[f].cue.end && g.kind == FrameKind::Verb)
            .find(|g| g.source.as_ref().is_some_and(|s| s.start < source.start))
            .map(|g| g.cue.start)
            .or_else(|| {
                let opens = if aside { &found[f].cue } else { &source };
                deed::main_verb(line, opens, found[f].cue.end)
            })
            .or_else(|| deed::verb_behind_object(line, &found[f]));
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

/// "Okoro, saying that the strike had failed, left": whether a participle tells more of the phrase before its comma.
fn is_participle_aside(line: &Line<'_>, frame: &Frame) -> bool {
    let tokens = &line.local.tokens;
    let comma = frame.cue.start.checked_sub(1).filter(|t| tokens.fold(*t) == ",");
    frame.kind == FrameKind::Verb
        && frame.side == Side::After
        && tokens
            .list
            .get(frame.cue.start)
            .is_some_and(|t| t.tag == Tag::VerbIng)
        && frame
            .source
            .as_ref()
            .is_some_and(|s| comma == Some(s.end) || comma.is_some_and(|c| c + 1 == s.end))
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
    // "Roy's proposed deal": the participle describes the noun; "he's predicted deals" has none.
    let is_has = |b: usize| b > 0 && line.classes(b - 1).has(Classes::PERSONAL);
    let describes = matches!(line.tag(i), Tag::VerbPart | Tag::VerbPast)
        && before.is_some_and(|b| line.kind(b) == TokenKind::Possessive && !is_has(b))
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
