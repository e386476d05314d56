//! The frame of a cue verb in the active: who says, with which words, and what.
//! Passives stand in `passive.rs`.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        content::{content_of, is_putting, quotes_in},
        content_end::starts_clause,
        cue::{self, Classes, CueVerb, Form},
        cue_start::{cue_start, is_document},
        fragment::opens_quantity,
        frame::{ContentKind, Frame, FrameKind, Side},
        fronted::fronted,
        lexicon,
        line::{Line, NpKind},
        noun::light_noun,
        passive::passive_frame,
        subject::{self, Subject, Voice},
        verb_group::verb_group,
        viewpoint::calls_so,
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// The frame of the cue verb at item `at`, whose particle ends before item `behind`.
pub(super) fn verb_frame(line: &Line<'_>, at: usize, behind: usize, verb: CueVerb) -> Option<Frame> {
    let mut subject = subject::of_verb(line, at, verb.form)?;
    if subject.voice == Voice::Passive {
        return passive_frame(line, at, verb, &subject);
    }
    let heard = in_hearing(line, at, &subject);
    let mut verb = verb;
    if heard {
        verb.classes = Classes::SPEECH.and(Classes::THAT);
    }
    let light = light_noun(line, behind, verb).filter(|_| !subject.inverted);
    // "put out a statement which read “…”": whoever put it out speaks.
    if let Some(issuer) = subject.antecedent.as_ref().and_then(|a| issuer(line, a)) {
        subject.source = Some(issuer);
        subject.antecedent = None;
    }
    if let Some((cue_end, content)) = light {
        return Some(of_light_noun(line, subject, cue_end, content));
    }
    let mut said = Said::read(line, at, behind, verb, &subject)?;
    if said.asks_not_to_be_named() || said.only_seen() || said.only_phoned() || said.describes_noun() {
        return None;
    }
    if said.side == Side::After && said.kind == ContentKind::Phrase {
        reshape(line, verb, &mut said.content);
    }
    said.end_before_source()?;
    let animate = said.is_of_a_mind();
    if said.puts_it() {
        said.carries.classes = said.carries.classes.and(Classes::THAT);
    }
    let calls_so = said.side == Side::After && calls_so(line, said.after_frame, verb);
    let cue = said.cue();
    said.keep_relative();
    let Said {
        content,
        side,
        kind,
        carries,
        ..
    } = said;
    let free = if is_free(line, verb, kind, &subject) {
        Classes::FREE
    } else if calls_so {
        Classes::ATTITUDE
    } else {
        Classes::default()
    };
    let mut frame = Frame {
        cue,
        source: subject.source.map(|s| line.tokens(s)),
        antecedent: subject.antecedent.map(|s| line.tokens(s)),
        content,
        kind: FrameKind::Verb,
        side,
        content_kind: kind,
        classes: carries.classes.and(free),
        negated: subject.negated,
        animate,
    };
    if heard && !quotes_in(line, &frame.content) {
        (frame.source, frame.antecedent, frame.kind) = (None, None, FrameKind::Passive);
    }
    // "Declined to comment" has no content but the refusal.
    let mute = frame.content.is_empty() && !subject.inverted;
    if subject.negated && (side == Side::After || mute) && !quotes_in(line, &frame.content) {
        refuse(line, &mut frame);
    }
    Some(frame)
}

/// "The court heard that he was late": it was said there, and the court did not say it.
fn in_hearing(line: &Line<'_>, at: usize, subject: &Subject) -> bool {
    let court = subject.source.as_ref().and_then(|s| line.np_starting_at(s.start));
    matches!(line.fold(at), "heard" | "hears")
        && !subject.inverted
        && court.is_some_and(|np| lexicon::english().is(WordSet::BeforeCourt, line.fold(np.head)))
}

/// "Made the claim that …": a verb of little meaning, and the noun that says what is done; `cue_end` and `content` are
/// items.
fn of_light_noun(line: &Line<'_>, subject: Subject, cue_end: usize, content: Range<usize>) -> Frame {
    Frame {
        cue: line.tokens(subject.group.start..cue_end),
        animate: subject
            .source
            .as_ref()
            .is_none_or(|s| subject::may_speak(line, s)),
        source: subject.source.map(|s| line.tokens(s)),
        antecedent: subject.antecedent.map(|s| line.tokens(s)),
        content: vec![line.tokens(content)],
        kind: FrameKind::Verb,
        side: Side::After,
        content_kind: ContentKind::Phrase,
        classes: Classes::NOUN_CONTENT.and(Classes::WEAK).and(Classes::ATTITUDE),
        negated: subject.negated,
    }
}

/// Whether the verb tells more of somebody, or what is to be, and so reports nothing by itself.
fn is_free(line: &Line<'_>, verb: CueVerb, kind: ContentKind, subject: &Subject) -> bool {
    let group = &subject.group;
    // "Crowds supporting the plan": beside the main verb a view only tells more of somebody.
    let aside = verb.form == Form::Ing
        && verb.classes.has(Classes::WEAK)
        && kind != ContentKind::Infinitive
        && group.end == group.start + 1;
    // "Minister to announce cuts": a headline tells with its infinitive what will be.
    let headline = || {
        let first = subject.source.as_ref();
        first.is_some_and(|s| s.start == 0 && s.end == group.start)
            && !(0..line.len()).any(|i| line.tag(i).is_finite() || line.is_aux(i))
    };
    aside || line.fold(group.start) == "to" && !headline() && subject::caused(line, group.start).is_none()
}

/// What a cue verb says, while its frame is being drawn.
struct Said<'l, 'a, 's> {
    line: &'l Line<'a>,
    /// The item of the verb.
    at: usize,
    /// The item behind it and its particle.
    behind: usize,
    verb: CueVerb,
    subject: &'s Subject,
    /// The item behind the verb, its particle and a subject that stands behind it.
    after_frame: usize,
    /// The verb, and what a document carries beyond it.
    carries: CueVerb,
    /// Whether the source is a document that finds something.
    written: bool,
    /// Tokens.
    content: Vec<Range<usize>>,
    side: Side,
    kind: ContentKind,
}

impl<'l, 'a, 's> Said<'l, 'a, 's> {
    fn read(
        line: &'l Line<'a>,
        at: usize,
        behind: usize,
        verb: CueVerb,
        subject: &'s Subject,
    ) -> Option<Self> {
        let Subject { group, source, .. } = subject;
        let (front, after_frame) = match (source, subject.inverted) {
            // The comma that closes an apposition closes the frame.
            (Some(s), true) => {
                let end = s.end.max(behind);
                (group.start, end - usize::from(line.is_comma(end - 1)))
            }
            (Some(s), false) => (s.start.min(group.start), behind),
            (None, _) => (group.start, behind),
        };
        let front = front - usize::from(front > 0 && line.fold(front - 1) == "as");
        // "The poll found him ahead": what a document finds needs no verb.
        let written = verb.classes.has(Classes::DATA)
            && source
                .as_ref()
                .and_then(|s| line.np_starting_at(s.start))
                .is_some_and(|np| is_document(line, np));
        let carries = if written {
            verb.with(Classes::NOUN_CONTENT)
        } else {
            verb
        };
        let (content, side, kind) = content_of(line, front, after_frame, carries, subject.inverted)
            .or_else(|| fronted(line, source.as_ref(), behind, verb))?;
        let whole = written && kind == ContentKind::Phrase && line.np_starting_at(after_frame).is_some();
        Some(Said {
            line,
            at,
            behind,
            verb,
            subject,
            after_frame,
            carries,
            written,
            content,
            side,
            kind: if whole { ContentKind::Clause } else { kind },
        })
    }

    /// "Asked not to be named", "who did not want to be identified".
    fn asks_not_to_be_named(&self) -> bool {
        let tokens = &self.line.local.tokens;
        let named = self.content.first().is_some_and(|c| {
            (c.start..c.end.min(c.start + 5)).any(|t| {
                tokens.fold(t) == "be"
                    && cue::classes(tokens.fold(t + 1)).has(Classes::ANONYMOUS)
                    && t + 1 < c.end
            })
        });
        named
            && self.kind != ContentKind::Quotation
            && (self.subject.negated || self.kind == ContentKind::Infinitive)
    }

    /// "As a memo put it, the quay was closed".
    fn puts_it(&self) -> bool {
        is_putting(self.line.fold(self.at)) && self.line.fold(self.behind) == "it"
    }

    /// Whether a verb that reports with some contents only has none of these.
    fn only_seen(&self) -> bool {
        let line = self.line;
        if !self.verb.classes.has(Classes::WEAK) || self.puts_it() {
            return false;
        }
        if !self.written && self.kind == ContentKind::Clause && self.side == Side::After {
            let opener = self
                .content
                .first()
                .map_or("", |c| line.local.tokens.fold(c.start));
            let clause = opener == "that"
                || cue::classes(opener).has(Classes::QUESTION)
                || starts_clause(line, self.after_frame);
            if !clause && !quotes_in(line, &self.content) {
                return true;
            }
        }
        // "You should see it under the lens": what is only seen is no view, unless as something.
        let next = self.after_frame;
        self.verb.hands_over("as")
            && self.kind == ContentKind::Phrase
            && line.classes(next).has(Classes::OBJECT.and(Classes::PERSONAL))
            && !(next + 1..line.len().min(next + 3)).any(|i| line.fold(i) == "as")
            && !quotes_in(line, &self.content)
    }

    /// "The holes reported had been filled": a participle right before the verb of what it describes, which cannot speak.
    fn describes_noun(&self) -> bool {
        let (line, next) = (self.line, self.after_frame);
        // "An official briefed on it | said": so is one right before what only a subject has behind it.
        let first = self.content.first().map_or(0, |c| line.item_at(c.start));
        let said = cue::verb(line.fold(first)).is_some_and(|v| v.plain) && line.tag(first).is_finite();
        if said && first > next && self.verb.form == Form::Past && !self.subject.inverted {
            return true;
        }
        let verb = line.is_aux(next) || line.tag(next).is_finite();
        let source = self.subject.source.as_ref();
        let fronted = source
            .and_then(|s| s.start.checked_sub(1))
            .is_some_and(|p| line.classes(p).has(Classes::RELATIVE) || line.fold(p) == "what");
        verb && next == self.at + 1
            && self.verb.form == Form::Past
            && !self.subject.inverted
            && !fronted
            && source.is_some_and(|s| !subject::may_speak(line, s))
    }

    /// "Roy called Okoro after the vote": on the telephone; to call somebody something takes what he is called.
    fn only_phoned(&self) -> bool {
        let (line, next) = (self.line, self.after_frame);
        let verb = matches!(line.fold(self.at), "call" | "calls" | "called" | "calling");
        let calls = verb && self.behind == self.at + 1;
        let Some(np) = line.np_starting_at(next).filter(|_| calls) else {
            return false;
        };
        let end = np.items.end;
        let somebody = matches!(np.kind, NpKind::Name | NpKind::Pronoun) && line.fold(end) != "as";
        let over = !line.is_quote(end)
            && (line.is_adp(end)
                || line.tag(end) == Tag::Sconj
                || line.is_stop(end) && end + 1 == line.len());
        self.side == Side::After && self.kind == ContentKind::Phrase && somebody && over
    }

    /// "Refusing to give up power, Roy agreed": the source ends the content that stands before it. None when nothing is
    /// left of it.
    fn end_before_source(&mut self) -> Option<()> {
        let line = self.line;
        let (Some(s), Some(last), Side::After) = (&self.subject.source, self.content.last_mut(), self.side)
        else {
            return Some(());
        };
        let source = line.tokens(s.clone());
        if s.start > self.at && last.start < source.start && source.start < last.end {
            let comma = s.start > 0 && line.is_comma(s.start - 1);
            last.end = source.start - usize::from(comma);
            return (last.start < last.end).then_some(());
        }
        Some(())
    }

    /// Whether the source can hold the view, or say the words.
    fn is_of_a_mind(&self) -> bool {
        let (line, verb) = (self.line, self.verb);
        let Subject {
            source, antecedent, ..
        } = self.subject;
        // Whoever wants, believes or supports something is somebody: "teenagers", "three quarters".
        // But "the lens" is one thing.
        let minded = verb.classes.has(Classes::ATTITUDE)
            && !quotes_in(line, &self.content)
            && source.as_ref().is_some_and(|s| line.fold(s.start) != "the")
            && source
                .as_ref()
                .and_then(|s| line.np_starting_at(s.start))
                .is_some_and(|np| line.tag(np.head) == Tag::NounPl && !line.is_thing(np.head));
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
        let speaks = || source.as_ref().is_none_or(|s| subject::may_speak(line, s));
        minded || !mindless && speaks()
    }

    /// The tokens of the cue; what of the content belongs to it is taken from there.
    fn cue(&mut self) -> Range<usize> {
        let (line, group) = (self.line, &self.subject.group);
        let object = self.kind == ContentKind::Phrase && self.side == Side::After;
        let start = cue_start(line, group.start, self.at, self.verb.form, object);
        let mut cue = line.tokens(start..subject::cue_end(line, self.behind));
        // "Said repeatedly that", "she wrote recently": how and when it was said belongs to the cue.
        if self.side == Side::After || !self.subject.inverted {
            cue.end = manner_end(line, cue.end);
        }
        self.take_put_it(&mut cue);
        self.take_handover(&mut cue);
        cue
    }

    /// "As a memo put it", "she said with a grin": neither is what was said.
    fn take_put_it(&mut self, cue: &mut Range<usize>) {
        let (line, side) = (self.line, self.side);
        let next = line.item_at(cue.end);
        if is_putting(line.fold(self.at)) && line.fold(next) == "it" {
            cue.end += 1;
            if let Some(first) = self
                .content
                .first_mut()
                .filter(|c| side == Side::After && c.start < cue.end)
            {
                first.start = cue.end + usize::from(line.is_comma(next + 1));
            }
            self.content.retain(|c| c.start < c.end);
            return;
        }
        let grin = line
            .np_starting_at(next + 1)
            .filter(|np| {
                line.fold(next) == "with" && np.kind == NpKind::Common && line.tag(next + 1) == Tag::Det
            })
            .filter(|np| line.is_stop(np.items.end) || line.is_comma(np.items.end));
        if let Some(np) = grin
            && self.verb.plain
            && side != Side::After
            && !self.subject.inverted
        {
            cue.end = line.tokens(np.items.clone()).end;
        }
    }

    /// "boasted of", "referring to", "called for", "said:": the preposition or colon that hands over to the content
    /// belongs to the cue.
    fn take_handover(&mut self, cue: &mut Range<usize>) {
        let (tokens, verb) = (&self.line.local.tokens, self.verb);
        let stranded = self.line.tokens(self.behind..self.behind + 1);
        let Some(first) = self.content.first_mut().filter(|_| self.side == Side::After) else {
            return;
        };
        // "The board he rails against".
        if first.end < cue.start
            && self.line.is_adp(self.behind)
            && verb.hands_over(self.line.fold(self.behind))
        {
            cue.end = stranded.end;
            return;
        }
        let word = tokens.fold(first.start);
        // "Recommends at least two".
        let counts = opens_quantity(self.line, self.line.item_at(first.start));
        let preposition = verb.hands_over(word)
            || word == "to" && !verb.classes.has(Classes::INFINITIVE)
            || matches!(
                word,
                "of" | "about" | "for" | "against" | "at" | "on" | "with" | "over"
            );
        // "spoke highly of", "called again for": what stands between is part of the cue.
        let near = (cue.end..first.start).all(|t| tokens.list[t].tag == Tag::Adv);
        let phrase = self.kind == ContentKind::Phrase && first.len() > 1;
        if phrase && preposition && !counts && near && first.start >= cue.end {
            cue.end = first.start + 1;
            first.start += 1;
        } else if tokens.fold(cue.end) == ":" && first.start == cue.end + 1 {
            cue.end += 1;
        }
    }

    /// "A plan that Roy said would fail": what the relative pronoun stands for is part of what he said.
    fn keep_relative(&mut self) {
        let (line, next) = (self.line, self.after_frame);
        let source = self.subject.source.as_ref();
        let Some(relative) = source.and_then(|s| s.start.checked_sub(1)) else {
            return;
        };
        let is_relative = || {
            line.np_starting_at(relative)
                .is_some_and(|np| np.kind == NpKind::Relative || line.fold(relative) == "what")
        };
        let clause = self.side == Side::After && self.kind == ContentKind::Clause;
        // "What he said was that it was late".
        if clause
            && line.fold(relative) == "what"
            && line.is_be(next)
            && line.fold(next + 1) == "that"
            && let Some(first) = self.content.first_mut()
        {
            first.start = first.start.max(line.tokens(next + 1..next + 2).start);
            return;
        }
        if clause && (line.is_aux(next) || line.is_verb(next)) && is_relative() {
            self.content.insert(0, line.tokens(relative..relative + 1));
        }
    }
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
