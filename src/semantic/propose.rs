//! The candidates for a quotation's source that its sentence, its paragraph and the paragraphs around it propose.
//! What they are worth is for [`crate::semantic::choice`] to say.

use std::ops::Range;

use crate::{
    base::{order::Order, word::TokenKind},
    semantic::{
        article::Attribution,
        choice::{self, Candidate, Marks, Nobody, Ranking, Way},
        cue::{self, Classes, CueVerb, Form},
        doc::Phrase,
        frame::{ContentKind, Frame, FrameKind},
        lexicon,
        line::Region,
        local::Local,
        mention::{Head, What},
        quote::{Carry, Last, Stage},
        speech::Sentence,
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// More words than this between a cue and its quotation are many.
pub(super) const FAR: usize = 10;

/// How far behind the colon of a headline its speaker's name begins, in tokens: "‘…’: former minister Okoro".
const HEADLINE_REACH: usize = 4;

/// Most tokens of a heading over a post.
const MAX_HEADING: usize = 12;

/// Where a quotation stands.
pub(super) struct Place<'s> {
    pub(super) block: usize,
    pub(super) sentence: &'s Sentence,
    pub(super) next: Option<&'s Sentence>,
    pub(super) region: &'s Region,
    /// What the quotation before it in the sentence chose.
    pub(super) before: Option<(&'s Region, &'s Candidate)>,
    /// Whether its words form a sentence.
    pub(super) full: bool,
}

impl Place<'_> {
    /// Whether the narrator's sentence begins with the quotation, or is nothing else.
    pub(super) fn alone(&self) -> bool {
        self.sentence.only_quote || self.sentence.opens_with_quote && self.full
    }
}

impl Stage<'_, '_> {
    /// Ranks all candidates for the source of one quotation.
    pub(super) fn rank(&self, place: &Place<'_>, continued: Option<&Last>, carry: &Carry) -> Ranking {
        if let Some(cue) = self.hearsay(place) {
            return choice::rank(vec![cue], self.nobody(place));
        }
        let mut list = Vec::with_capacity(8);
        self.by_clause(place, &mut list);
        if let Some(last) = continued {
            list.push(carried(last, Way::Continuation, Marks::default()));
        }
        self.by_colon(place, &mut list);
        self.by_document(place, &mut list);
        self.beside(place, &mut list);
        if place.sentence.opens_with_quote {
            self.by_tail(place, &mut list);
        }
        // A headline names its speaker itself or leaves it to the text below.
        if matches!(
            self.doc.blocks[place.block].zone,
            Zone::Headline | Zone::Crosshead
        ) {
            self.by_headline(place, &mut list);
            return choice::rank(list, self.nobody(place));
        }
        // "Then, a month later: “…”".
        let bare_colon = self.after_colon(place).is_some() && place.sentence.subject.is_none();
        if place.alone() || bare_colon {
            self.by_neighbors(place, carry, &mut list);
        }
        if !place.sentence.only_quote {
            self.by_surroundings(place, carry, &mut list);
        }
        choice::rank(list, self.nobody(place))
    }

    /// "“…,” it was said in the town.": a passive that names nobody, whoever else the sentence speaks of.
    fn hearsay(&self, place: &Place<'_>) -> Option<Candidate> {
        let local = self.doc.block(place.block).1;
        let at = place.region.tokens.end;
        let end = place.sentence.tokens.end;
        let word = |i: usize| if i < end { local.listed(i) } else { "" };
        let verb = match (word(at + 1), word(at + 2)) {
            ("was" | "is", _) => at + 2,
            ("has" | "had", "been") => at + 3,
            _ => return None,
        };
        let told = |v: CueVerb| {
            // "rumoured" carries no speech of its own, but what is thought or said of somebody.
            let speaks = v.classes.has(Classes::SPEECH.and(Classes::EVIDENTIAL));
            speaks && matches!(v.form, Form::Past | Form::Participle)
        };
        let said = word(at) == "it" && verb < end && cue::verb(local.tokens.fold(verb)).is_some_and(told);
        let agent = (verb + 1..end.min(verb + 5)).any(|i| word(i) == "by");
        (place.sentence.opens_with_quote && said && !agent)
            .then(|| self.agentless(place.block, &(at + 1..verb + 1)))
    }

    /// Nobody, by a `cue` that names nobody.
    fn agentless(&self, block: usize, cue: &Range<usize>) -> Candidate {
        Candidate {
            way: Way::Agentless,
            marks: Marks::default(),
            source: None,
            antecedent: None,
            cue: vec![self.doc_span(block, cue)],
            attribution: Attribution::None,
            frame: None,
        }
    }

    /// "“…”: Okoro fires back", "‘…’: pianist Ines Varga on life after the stage".
    fn by_headline(&self, place: &Place<'_>, list: &mut Vec<Candidate>) {
        let local = self.doc.block(place.block).1;
        let colon = place.region.tokens.end;
        if !place.sentence.opens_with_quote || local.tokens.fold(colon.min(local.tokens.len() - 1)) != ":" {
            return;
        }
        let from = local.candidates.partition_point(|c| c.tokens.start <= colon);
        let name = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start <= colon + HEADLINE_REACH)
            .find(|c| {
                // "‘…’: Life on the fault line" names nobody.
                let word = c.tokens.len() == 1 && is_common_word(local.tokens.fold(c.tokens.start));
                matches!(c.what, What::Name(_)) && !word
            });
        if let Some(name) = name {
            // "‘…’: Norvia boss on the crash": whoever the name only tells the post of.
            let from = local.candidates.partition_point(|c| c.phrase.start <= colon);
            let post = local.candidates[from..]
                .iter()
                .take_while(|c| c.tokens.start <= name.tokens.start)
                .find(|c| {
                    let whose = matches!(&c.what, What::Description(d) if matches!(d.head, Head::Role(_)));
                    whose && c.phrase.start == colon + 1 && c.phrase.end > name.tokens.end
                });
            let source = post.map_or(&name.tokens, |c| &c.tokens);
            let mut candidate = self.implied(place.block, source, Way::Colon, Marks::default());
            candidate.cue = vec![self.doc_span(place.block, &(colon..colon + 1))];
            list.push(named(candidate));
        }
    }

    /// A post under a line that names the account: "What @amaradiallo saw".
    pub(super) fn by_handle(&self, b: usize, list: &mut Vec<Candidate>) {
        let Some(above) = b.checked_sub(1) else { return };
        let local = self.doc.block(above).1;
        if local.tokens.len() > MAX_HEADING {
            return;
        }
        let handle = (0..local.tokens.len()).find_map(|i| {
            let word = local.tokens.fold(i);
            match word.strip_prefix('@') {
                Some("") if i + 1 < local.tokens.len() => Some(i..i + 2),
                Some(rest) if rest.len() > 1 => Some(i..i + 1),
                _ => None,
            }
        });
        if let Some(handle) = handle {
            list.push(self.implied(above, &handle, Way::Introduced, Marks::default()));
        }
    }

    /// Cues whose content covers the quotation.
    fn by_clause(&self, place: &Place<'_>, list: &mut Vec<Candidate>) {
        let region = place.region;
        let frames = &place.sentence.frames;
        let covers = |f: &Frame| {
            f.content
                .iter()
                .any(|c| c.start <= region.tokens.start && region.tokens.end <= c.end)
        };
        // The nearest cue first: it wins a tie.
        let mut order: Vec<usize> = (0..frames.len()).filter(|f| covers(&frames[*f])).collect();
        order.order_by_key(|f| distance(&frames[*f], region));
        for (nearer, &f) in order.iter().enumerate() {
            let frame = &frames[f];
            if frame.source.is_none() {
                list.push(self.of_frame(place.block, f, frame, Way::Agentless, Marks::default()));
                continue;
            }
            let within = |inner: &Range<usize>, outer: &Frame| {
                outer
                    .content
                    .iter()
                    .any(|c| c.start <= inner.start && inner.end <= c.end)
            };
            // A report inside what somebody says.
            let outer = frames.iter().enumerate().find(|(o, outer)| {
                *o != f
                    && outer.animate
                    && outer.kind != FrameKind::According
                    && outer.source.is_some()
                    && outer.classes.has(Classes::SPEECH)
                    && outer.content_kind == ContentKind::Clause
                    && frame.source.as_ref().is_some_and(|s| within(s, outer))
            });
            let thinks = !frame.classes.has(Classes::SPEECH) || frame.classes.has(Classes::WEAK);
            // "Okoro said they had built what their own engineers called “the maze”": those named call it so.
            let named = frame.classes.has(Classes::CALL)
                && frame.source.as_ref().is_some_and(|s| s.len() > 1)
                && frame.kind == FrameKind::Verb
                && frame.animate;
            let nested = outer.is_some() && thinks && !named;
            // "found Roy's advice to her “was wrong”": the noun only begins the clause that the marks go on with.
            let first = self.doc.block(place.block).1.tokens.inside(region.inner).next();
            let predicate = first.is_some_and(|i| {
                let tag = self.doc.block(place.block).1.tokens.list[i].tag;
                tag == Tag::Aux || tag.is_finite()
            });
            let judged = frames.iter().enumerate().any(|(o, outer)| {
                o != f
                    && covers(outer)
                    && outer.kind == FrameKind::Verb
                    && outer.animate
                    && outer.source.is_some()
                    && (outer.classes.has(Classes::CALL) || predicate)
                    && outer.content_kind == ContentKind::Phrase
                    && within(&frame.cue, outer)
            });
            // "as reported by the Herald"
            let first = self.doc.block(place.block).1.listed(frame.cue.start);
            let relayed =
                frame.kind == FrameKind::According || frame.kind == FrameKind::Passive && first == "as";
            // "…, “for completeness”, according to Okoro": set off, and right before it.
            let comma = region.tokens.start > 0
                && self.doc.block(place.block).1.tokens.mark(region.tokens.start - 1) == ",";
            let apart = comma && frame.cue.start <= region.tokens.end + 1;
            let spoken = frames.iter().enumerate().any(|(o, other)| {
                o != f
                    && covers(other)
                    && other.kind == FrameKind::Verb
                    && other.animate
                    && other.source.is_some()
                    && (other.classes.has(Classes::CALL)
                        || other.classes.has(Classes::SPEECH) && !other.classes.has(Classes::WEAK))
            });
            let marks = Marks::WEAK
                .when(frame.classes.has(Classes::WEAK))
                .and(Marks::OBJECT.when(frame.kind == FrameKind::Noun && judged))
                .and(Marks::RELAYED.when(relayed && spoken && !apart))
                .and(Marks::THING.when(!frame.animate))
                .and(Marks::INDIRECT.when(matches!(frame.kind, FrameKind::Noun | FrameKind::Passive)))
                .and(Marks::FAR.when(distance(frame, region) > FAR))
                .and(Marks::SHARED.when(frame.kind == FrameKind::Gapped))
                .and(Marks::OUTER.when(nearer > 0))
                .and(Marks::NESTED.when(nested));
            list.push(self.of_frame(place.block, f, frame, Way::Clause, marks));
        }
    }

    fn attribution(&self, source: Option<&Phrase>) -> Attribution {
        match source {
            None => Attribution::None,
            Some(s) if self.is_pronoun(s) => Attribution::Pronoun,
            Some(_) => Attribution::Explicit,
        }
    }

    pub(super) fn of_frame(&self, b: usize, f: usize, frame: &Frame, way: Way, marks: Marks) -> Candidate {
        let source = frame.source.as_ref().map(|s| Self::phrase(b, s));
        Candidate {
            way,
            marks,
            attribution: self.attribution(source.as_ref()),
            source,
            antecedent: frame.antecedent.as_ref().map(|s| Self::phrase(b, s)),
            cue: vec![self.doc_span(b, &frame.cue)],
            frame: Some(f),
        }
    }

    pub(super) fn implied(&self, b: usize, tokens: &Range<usize>, way: Way, marks: Marks) -> Candidate {
        let local = self.doc.block(b).1;
        let pronoun =
            tokens.len() == 1 && cue::classes(local.tokens.fold(tokens.start)).has(Classes::PERSONAL);
        Candidate {
            way,
            marks,
            source: Some(Self::phrase(b, tokens)),
            antecedent: None,
            cue: Vec::new(),
            attribution: if pronoun {
                Attribution::Pronoun
            } else {
                Attribution::Implied
            },
            frame: None,
        }
    }

    /// The colon right before the quotation.
    fn after_colon(&self, place: &Place<'_>) -> Option<usize> {
        let local = self.doc.block(place.block).1;
        let before = place.region.tokens.start.checked_sub(1)?;
        (local.tokens.fold(before) == ":" && before >= place.sentence.tokens.start).then_some(before)
    }

    /// "A footnote makes that clear: “…”", "From the report: “…”".
    fn by_colon(&self, place: &Place<'_>, list: &mut Vec<Candidate>) {
        let b = place.block;
        let local = self.doc.block(b).1;
        let Some(colon) = self.after_colon(place) else {
            return;
        };
        // "Storm Iseult latest: ‘…’" says what kind of piece it is, "Lena Hartmann’s letter: ‘…’" whose words these are.
        let last = colon.saturating_sub(1);
        let owned = last > 0 && local.tokens.kind(last - 1) == TokenKind::Possessive;
        let heads = self.doc.blocks[b].zone == Zone::Headline;
        let questions = last > 1 && local.tokens.fold(last - 1) == "&" && local.tokens.fold(last - 2) == "q";
        let form = lexicon::english().is(WordSet::FormLabel, local.tokens.fold(last)) || questions;
        if heads && !owned && form {
            return;
        }
        let cue = vec![self.doc_span(b, &(colon..colon + 1))];
        // "PALACE — “King to leave,” by Ana Reyes: “…”": a list of what others have written.
        let written = local.candidates.iter().find(|c| {
            let by = c
                .phrase
                .start
                .checked_sub(1)
                .filter(|t| *t >= place.sentence.tokens.start);
            let title = by
                .and_then(|t| t.checked_sub(1))
                .map_or("", |t| local.tokens.mark(t));
            c.tokens.end == colon
                && matches!(c.what, What::Name(_))
                && by.is_some_and(|t| local.tokens.fold(t) == "by")
                && matches!(title, "”" | "\"" | "’" | "'" | ",")
        });
        if let Some(author) = written {
            let mut candidate = self.implied(b, &author.tokens, Way::Colon, Marks::default());
            candidate.cue = cue;
            list.push(named(candidate));
            return;
        }
        if let Some(source) = place.sentence.handover.as_ref().filter(|h| h.end <= colon) {
            let mut candidate = self.implied(b, source, Way::Colon, Marks::default());
            candidate.cue.clone_from(&cue);
            list.push(named(candidate));
        }
        if let Some(subject) = place.sentence.subject.as_ref().filter(|s| s.tokens.end <= colon) {
            let local_word = local.tokens.fold(subject.tokens.start);
            let empty = subject.tokens.len() == 1
                && matches!(
                    local_word,
                    "it" | "this" | "that" | "there" | "here" | "which" | "these" | "what"
                );
            // "Storm Iseult live: ‘…’": a live blog's headline, and no verb.
            let blog = local.tokens.fold(subject.verb.start) == "live" && subject.verb.len() == 1
                || local.tokens.fold(last) == "live";
            let told = self.is_told_to_subject(b, &subject.verb);
            if told {
                list.push(self.agentless(b, &subject.verb));
            }
            if !empty && !blog && !told {
                let marks = Marks::THING.when(!subject.animate);
                let mut candidate = self.implied(b, &subject.tokens, Way::Colon, marks);
                candidate.cue =
                    vec![self.doc_span(b, &(subject.verb.start..subject.verb.end.max(subject.verb.start)))];
                list.push(named(candidate));
            }
        }
    }

    /// Whether the verb is a passive by which somebody is told the words: "The staff were told: “…”".
    fn is_told_to_subject(&self, block: usize, verb: &Range<usize>) -> bool {
        let tokens = &self.doc.block(block).1.tokens;
        let participle = verb.end.checked_sub(1).and_then(|t| cue::verb(tokens.fold(t)));
        let be = verb
            .clone()
            .any(|t| cue::classes(tokens.fold(t)).has(Classes::BE));
        be && participle.is_some_and(|v| v.classes.has(Classes::ADDRESSEE) && v.form == Form::Past)
    }

    /// "In the board's letter the delay was put down to “…”".
    fn by_document(&self, place: &Place<'_>, list: &mut Vec<Candidate>) {
        const REACH: usize = 9;
        let local = self.doc.block(place.block).1;
        let tokens = &local.tokens;
        let start = place.sentence.tokens.start;
        let end = place.region.tokens.start.min(start + REACH);
        let under = tokens.fold(start) == "under";
        if end <= start + 2 || !(under || matches!(tokens.fold(start), "in" | "on")) {
            return;
        }
        let document = Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT);
        let noun = (start + 1..end)
            .take_while(|i| !tokens.list[*i].tag.is_finite() && tokens.fold(*i) != ",")
            .find(|i| {
                let word = tokens.fold(*i);
                cue::classes(word).has(document)
                    || under && matches!(word, "accord" | "pact" | "deal" | "truce")
            });
        // "Under the accord, each side “shall refrain from …”": nobody rules so but the accord.
        if let Some(noun) = noun.filter(|noun| under && tokens.fold(noun + 1) == ",") {
            let candidate = self.implied(
                place.block,
                &(start + 1..noun + 1),
                Way::Document,
                Marks::default(),
            );
            list.push(named(candidate));
            return;
        }
        let owner = noun.and_then(|noun| {
            let mark = (start + 1..noun)
                .rev()
                .find(|i| tokens.list[*i].kind == TokenKind::Possessive);
            let own = cue::classes(tokens.fold(start + 1)).has(Classes::POSSESSIVE);
            mark.map(|m| start + 1..m + 1)
                .or(own.then_some(start + 1..start + 2))
        });
        if let Some(owner) = owner {
            let candidate = self.implied(place.block, &owner, Way::Document, Marks::default());
            list.push(named(candidate));
        }
    }

    /// "In an interview Okoro said “…”".
    fn beside(&self, place: &Place<'_>, list: &mut Vec<Candidate>) {
        let local = self.doc.block(place.block).1;
        let start = place.region.tokens.start;
        let Some(verb) = (place.sentence.tokens.start..start)
            .rev()
            .take(2)
            .find(|t| !matches!(local.tokens.mark(*t), "," | ":"))
        else {
            return;
        };
        let says = cue::verb(local.tokens.fold(verb)).is_some_and(|v| {
            v.classes.has(Classes::SPEECH)
                && !v.classes.has(Classes::WEAK)
                && matches!(v.form, Form::Past | Form::Present)
        });
        let from = local.candidates.partition_point(|c| c.tokens.end < verb);
        let name = local
            .candidates
            .iter()
            .skip(from)
            .take_while(|c| c.tokens.start < verb)
            .find(|c| {
                c.tokens.end == verb
                    && matches!(c.what, What::Name(_))
                    && c.tokens.start >= place.sentence.tokens.start
            });
        if let Some(name) = name.filter(|_| says) {
            let mut candidate = self.implied(place.block, &name.tokens, Way::Beside, Marks::default());
            candidate.cue = vec![self.doc_span(place.block, &(verb..verb + 1))];
            list.push(named(candidate));
        }
    }

    /// Somebody right behind a quotation that opens its sentence.
    fn by_tail(&self, place: &Place<'_>, list: &mut Vec<Candidate>) {
        if let Some((source, verb)) = place
            .sentence
            .tail
            .as_ref()
            .filter(|t| t.0.start >= place.region.tokens.end && t.0.start <= place.region.tokens.end + 4)
            .filter(|t| place.alone() || !t.1.is_empty() && place.region.words > 1)
        {
            let mut candidate = self.implied(place.block, source, Way::Tail, Marks::default());
            if !verb.is_empty() {
                candidate.cue = vec![self.doc_span(place.block, verb)];
            }
            // "“If we stay,” it reads, “we lose.”": the verb is one that goes on to the other half.
            let region = &place.region.tokens;
            candidate.frame = place.sentence.frames.iter().position(|f| {
                f.cue == *verb
                    && f.source.as_ref() == Some(source)
                    && (f.content.iter()).any(|c| c.start <= region.start && region.end <= c.end)
            });
            list.push(named(candidate));
        }
    }

    /// How a quotation looks that nobody is said to have spoken.
    fn nobody(&self, place: &Place<'_>) -> Nobody {
        let local = self.doc.block(place.block).1;
        let region = place.region;
        let list = &local.tokens.list;
        let noun_after = list.get(region.tokens.end).is_some_and(|t| {
            (t.tag.is_noun() || t.tag == Tag::Propn) && region.tokens.end < place.sentence.tokens.end
        });
        let article_before = region
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|t| matches!(list[t].tag, Tag::Det | Tag::Adj));
        let capitals = local
            .tokens
            .inside(region.inner)
            .filter(|t| local.tokens.kind(*t) == TokenKind::Word)
            .all(|t| {
                local.tokens.shape(t) != Shape::Lower
                    || matches!(list[t].tag, Tag::Adp | Tag::Det | Tag::Cconj | Tag::Part)
            });
        Nobody {
            short: region.words <= 3 && !place.full,
            long: region.words >= 7 || place.full,
            title: capitals && region.words <= 10 && !place.alone(),
            attributive: noun_after && (article_before || capitals) && region.words <= 4,
        }
    }
}

/// A candidate whose words stand at the quotation itself.
pub(super) fn named(mut candidate: Candidate) -> Candidate {
    if candidate.attribution == Attribution::Implied {
        candidate.attribution = Attribution::Explicit;
    }
    candidate
}

/// Whoever spoke before.
pub(super) fn carried(last: &Last, way: Way, marks: Marks) -> Candidate {
    Candidate {
        way,
        marks,
        source: Some(last.source.clone()),
        antecedent: last.antecedent.clone(),
        cue: Vec::new(),
        attribution: Attribution::Continued,
        frame: None,
    }
}

/// Tokens between a cue and a quotation.
pub(super) fn distance(frame: &Frame, region: &Region) -> usize {
    if frame.cue.end <= region.tokens.start {
        region.tokens.start - frame.cue.end
    } else {
        frame.cue.start.saturating_sub(region.tokens.end)
    }
}

/// Whether a region says what a phrase is ("Ukraine was “in the best possible position”"): then the words are
/// about it, not its own. Only forms of "be" and adverbs stand between them.
pub(super) fn is_described(local: &Local, phrase: &Range<usize>, region: &Region) -> bool {
    let mut between = phrase.end..region.tokens.start.max(phrase.end);
    let is_be = |i: usize| cue::classes(local.listed(i)).has(Classes::BE);
    between.clone().next().is_some_and(is_be)
        && between.len() <= 4
        && between.all(|i| {
            is_be(i)
                || matches!(
                    local.tokens.list[i].tag,
                    Tag::Adv | Tag::Aux | Tag::Part | Tag::Det
                )
        })
}
