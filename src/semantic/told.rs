//! Reports in the passive: "was accused by Okoro of", "were told that", "asked whether", "is expected to". Who told or asked
//! is the agent, if there is one; without, it is what is thought or said of somebody by nobody in particular.

use std::ops::Range;

use crate::{
    semantic::{
        climb,
        content_end::{clause_end, infinitive, starts_clause},
        cue::{Classes, CueVerb},
        extent,
        fragment::when_asked,
        frame::{Frame, FrameKind},
        line::{Line, Np, NpKind},
        predicate::{behind_time, topic, view},
        verb_group::{Group, is_reduced, verb_group},
    },
    syntax::tag::Tag,
};

/// "The deal is expected to hold", "the plan was praised by Okoro", "asked whether it would hold".
pub(super) fn passive(line: &Line<'_>, at: usize, verb: CueVerb) -> Option<Frame> {
    let told = Told::read(line, at, verb)?;
    match told.agent() {
        Some(agent) if told.is(Classes::ADDRESSEE) => told.asked_by(agent),
        Some(agent) => told.judged_by(agent),
        None if told.is(Classes::ADDRESSEE) => {
            let next = behind_time(line, told.next);
            told.addressed(next).or_else(|| told.asked(next))
        }
        None => told.thought(),
    }
}

/// A participle that reports, and what stands around it.
struct Told<'l, 'a> {
    line: &'l Line<'a>,
    at: usize,
    verb: CueVerb,
    group: Group,
    /// Whether nobody stands before it: "Asked whether it would hold", "when told that it would".
    opens: bool,
    /// The first item behind it that is neither an adverb nor a time.
    next: usize,
}

impl<'l, 'a> Told<'l, 'a> {
    fn read(line: &'l Line<'a>, at: usize, verb: CueVerb) -> Option<Self> {
        let mut group = verb_group(line, at, verb.form);
        let opens = at == 0 || line.classes(at - 1).has(Classes::SUBORDINATOR) || line.fold(at - 1) == "when";
        if verb.classes.has(Classes::ADDRESSEE) && opens {
            group.passive = true;
            group.items.start = at;
        }
        // Nobody says it of those who are not charged.
        let evidential = verb.classes.has(Classes::EVIDENTIAL) && line.fold(at) != "charged";
        if !group.passive || group.negated && !evidential {
            return None;
        }
        let time = |i: usize| line.np_starting_at(i).is_some_and(|np| np.kind == NpKind::Time);
        let adverb = |i: usize| line.is_adverb(i) && !line.classes(i).has(Classes::QUESTION);
        let next = (at + 1..).find(|i| !adverb(*i) && !time(*i))?;
        Some(Self {
            line,
            at,
            verb,
            group,
            opens,
            next,
        })
    }

    fn is(&self, classes: Classes) -> bool {
        self.verb.classes.has(classes)
    }

    fn cue(&self) -> Range<usize> {
        self.group.items.start..self.at + 1
    }

    /// Who does it: "praised by Okoro".
    fn agent(&self) -> Option<&'l Np> {
        let by = self.line.fold(self.next) == "by";
        let np = by.then(|| self.line.np_starting_at(self.next + 1)).flatten()?;
        (self.line.may_speak(np) && np.kind != NpKind::Time).then_some(np)
    }

    /// "Asked by Okoro to explain it", "he was asked by a host whether".
    fn asked_by(&self, agent: &Np) -> Option<Frame> {
        let line = self.line;
        let whole = extent::extend_right(line, agent, true);
        let end = behind_time(line, whole);
        // "Pressed by reporters on whether it would sail".
        let on = matches!(line.fold(end), "on" | "about") && line.classes(end + 1).has(Classes::QUESTION);
        let end = end + usize::from(on);
        let clause = line.classes(end).has(Classes::QUESTION)
            || line.fold(end) == "that"
            || infinitive(line, end).is_some();
        let from = if line.fold(end) == "about" { end + 1 } else { end };
        let content = from..asked_end(line, from);
        let source = agent.items.start..whole;
        (clause || from > end)
            .then(|| view(line, self.cue(), Some(source), Some(content), FrameKind::Passive))
    }

    /// "The plan was praised by Okoro": what it is said of is all the content there is.
    fn judged_by(&self, agent: &Np) -> Option<Frame> {
        let line = self.line;
        if !self.is(Classes::NOUN_CONTENT.and(Classes::CALL)) {
            return None;
        }
        // "In a video posted by his daughter": what the participle describes, and no report.
        let reduced = self.group.items.len() == 1 && !self.opens;
        // "The bill, opposed by dockers, failed": whom and what one is for is told of everybody.
        if reduced
            && !self.is(Classes::PEOPLE)
            && (self.is(Classes::WEAK) || line.np_ending_at(self.at).is_none_or(|np| np.governed.is_some()))
        {
            return None;
        }
        let source = agent.items.start..extent::extend_right(line, agent, true);
        // "Was quoted by the agency as saying" is the official's report.
        if line.fold(source.end) == "as" && line.tag(source.end + 1) == Tag::VerbIng {
            return None;
        }
        // "The raid, first reported by the Herald, failed".
        let described = || {
            let comma = self.group.items.start.checked_sub(1);
            let comma = comma.filter(|c| line.is_comma(*c))?;
            let np = line.np_ending_at(comma).filter(|np| np.kind != NpKind::Time)?;
            climb::with_phrases(line, np, comma).map(|whole| whole.0)
        };
        let content = [topic(line, &self.group).flatten().or_else(described)?];
        Some(view(line, self.cue(), Some(source), content, FrameKind::Passive))
    }

    /// "I was told that it would", "Residents were urged to stay indoors": nobody in particular told them.
    fn addressed(&self, next: usize) -> Option<Frame> {
        let line = self.line;
        let verb = line.fold(self.at);
        let that = line.fold(next) == "that" && line.tag(next) != Tag::Det;
        let told = matches!(verb, "told" | "warned") && starts_clause(line, next);
        let clause = !self.is(Classes::WEAK) && (that || told);
        let urged = self.is(Classes::INFINITIVE)
            && self.is(Classes::SPEECH)
            && !self.opens
            && self.group.items.len() > 1
            && verb != "asked"
            && infinitive(line, next).is_some();
        let content = Some(next..clause_end(line, next));
        (clause || urged).then(|| view(line, self.cue(), None, content, FrameKind::Seeming))
    }

    /// "Asked whether it would hold": who was asked is not part of what was asked.
    fn asked(&self, mut next: usize) -> Option<Frame> {
        let line = self.line;
        if !self.is(Classes::EVIDENTIAL) {
            return None;
        }
        let first = line.fold(next);
        while line.is_adp(next)
            && line.fold(next) != "about"
            && !(self.opens && line.fold(next) == "for")
            && let Some(np) = line.np_starting_at(next + 1)
            && np.kind != NpKind::Relative
        {
            next = np.items.end;
        }
        while line.is_adverb(next) && !line.classes(next).has(Classes::QUESTION) {
            next += 1;
        }
        // "Pressed on whether".
        if matches!(first, "on" | "about") && line.classes(next + 1).has(Classes::QUESTION) {
            next += 1;
        }
        let common = |i: usize| line.np_starting_at(i).is_some_and(|np| np.kind == NpKind::Common);
        // "When asked for his view".
        let topic = line.fold(next) == "about" || self.opens && line.fold(next) == "for";
        let about = topic
            && (line.np_starting_at(next + 1).is_some()
                || common(next + 2)
                || line.tag(next + 1) == Tag::VerbIng);
        // "The mayor was asked to explain it".
        let to_do = self.opens || line.fold(self.at) == "asked" && !self.group.negated;
        let clause = line.classes(next).has(Classes::QUESTION) || to_do && infinitive(line, next).is_some();
        let from = match (about, clause) {
            (true, _) => next + 1,
            (_, true) => next,
            _ => return None,
        };
        let mut cue = self.cue();
        if about && from == self.at + 2 {
            cue.end = from;
        }
        let end = asked_end(line, from);
        // "He said when asked about it that it was late": that is what he said.
        let that = self.at.checked_sub(1).and_then(|when| when_asked(line, when));
        let end = that.map_or(end, |that| end.min(that));
        // "He had been asked to keep them by the committee".
        let by = (from..end)
            .rev()
            .find(|i| line.fold(*i) == "by")
            .filter(|_| !about);
        if let Some(by) = by
            && let Some(np) = line.np_starting_at(by + 1)
            && line.may_speak(np)
            && np.kind != NpKind::Time
            && extent::extend_right(line, np, false) >= end
        {
            let source = np.items.start..end;
            return Some(view(line, cue, Some(source), Some(from..by), FrameKind::Passive));
        }
        Some(view(line, cue, None, Some(from..end), FrameKind::Seeming))
    }

    /// "The deal is expected to hold", "he is known for his patience".
    fn thought(&self) -> Option<Frame> {
        let (line, next) = (self.line, self.next);
        // "A man accused of theft left": what he is accused of only says who he is.
        if !self.is(Classes::EVIDENTIAL) || self.group.items.len() == 1 && is_reduced(line, self.at) {
            return None;
        }
        // "ISIS, also known as Daesh": another name of it.
        let be = self.group.items.clone().any(|i| line.is_aux(i));
        if !be && line.fold(self.at) == "known" && line.fold(next) == "as" {
            return None;
        }
        let topic = topic(line, &self.group)?;
        let word = line.fold(next);
        let to = infinitive(line, next).is_some();
        let that = topic.is_none() && (word == "that" || starts_clause(line, next));
        let handed = matches!(word, "as" | "for" | "of") || self.verb.hands_over(word);
        let phrase =
            self.is(Classes::CALL) && (line.np_starting_at(next).is_some() || line.tag(next) == Tag::Adj);
        if !(to || that || handed || phrase) {
            return None;
        }
        let mut cue = self.cue();
        let governs = line.np_starting_at(next + 1).is_some() || line.tag(next + 1) == Tag::VerbIng;
        if handed && governs && (word != "as" || self.verb.hands_over("as")) && next == cue.end {
            cue.end += 1;
        }
        let from = next.max(cue.end);
        let content = topic.into_iter().chain(Some(from..clause_end(line, from)));
        Some(view(line, cue, None, content, FrameKind::Seeming))
    }
}

/// The end of a question that opens a sentence is its comma: "Asked about the plan, she said".
fn asked_end(line: &Line<'_>, from: usize) -> usize {
    let end = clause_end(line, from);
    (from + 1..end).find(|i| line.is_comma(*i)).unwrap_or(end)
}
