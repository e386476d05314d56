//! Speakers whom the sentences and paragraphs around a quotation propose, when its own clause names none.

use crate::{
    base::word::TokenKind,
    semantic::{
        choice::{Candidate, Marks, Way},
        cue::{self, Classes},
        doc::Phrase,
        frame::{ContentKind, Frame},
        line::NpKind,
        propose::{FAR, Place, carried, distance, is_described, named},
        quote::{Carry, Last, Stage},
        speech::Sentence,
    },
    syntax::block::Zone,
};

impl Stage<'_, '_> {
    /// Whether nothing stands behind the cue of a frame in its clause: "“…?” Okoro pressed.", and not "pressed the button".
    fn is_last_word(&self, block: usize, frame: &Frame) -> bool {
        let behind = self.doc.block(block).1.tokens.mark(frame.cue.end);
        matches!(behind, "." | ",")
    }

    /// Who is named behind a quotation that opens its sentence, and in the sentences and paragraphs around.
    pub(super) fn by_neighbors(&self, place: &Place<'_>, carry: &Carry, list: &mut Vec<Candidate>) {
        let (b, sentence, next, region) = (place.block, place.sentence, place.next, place.region);
        // "“…?” he said.", cut off as a sentence of its own.
        if let Some((f, frame)) = next
            .and_then(|n| n.frames.iter().enumerate().next())
            .filter(|(_, f)| {
                f.content.is_empty()
                    && f.animate
                    && f.classes.has(Classes::SPEECH)
                    && (!f.classes.has(Classes::WEAK) || self.is_last_word(b, f))
                    && f.source.is_some()
                    && f.cue.start <= next.map_or(0, |n| n.tokens.start) + 8
            })
        {
            let mut candidate = self.of_frame(b, f, frame, Way::CutOff, Marks::default());
            candidate.frame = None;
            list.push(candidate);
        }
        // The credit may be a line of its own below ("- Amara Diallo").
        let below = self
            .doc
            .locals
            .get(b + 1)
            .filter(|_| next.is_none())
            .map(|l| &l.speech.sentences);
        if let Some(
            [
                Sentence {
                    credit: Some(credit), ..
                },
            ],
        ) = below.map(Vec::as_slice)
        {
            list.push(self.implied(b + 1, credit, Way::Credit, Marks::default()));
        } else if let Some(name) = self.pulled(b + 1).or_else(|| {
            self.listed_credit(b + 1)
                .filter(|_| sentence.only_quote && next.is_none())
        }) {
            list.push(self.implied(b + 1, &name, Way::Credit, Marks::default()));
        } else if let Some(verdict) = below
            .and_then(|s| s.first())
            .filter(|_| sentence.only_quote && place.full)
        {
            // "That was the verdict of Amara Diallo, who …", and more of her.
            let tokens = &self.doc.block(b + 1).1.tokens;
            let points = matches!(
                tokens.fold(0),
                "that" | "this" | "those" | "these" | "such" | "so"
            );
            if let Some(credit) = verdict.credit.as_ref().filter(|_| points) {
                list.push(self.implied(b + 1, credit, Way::Credit, Marks::default()));
            }
        }
        let tokens = &self.doc.block(b).1.tokens;
        // "“…” That was Amara Diallo." tells whose words stand alone before it.
        let told =
            |n: &&Sentence| tokens.fold(n.tokens.start) != "that" || sentence.only_quote && region.words > 3;
        if let Some(credit) = next.filter(told).and_then(|n| n.credit.as_ref()) {
            list.push(self.implied(b, credit, Way::Credit, Marks::default()));
        }
        if let Some(last) = carry.last.as_ref().filter(|l| l.block == b) {
            let marks = Marks::REPORTED
                .when(!last.quoted)
                .and(Marks::OTHERS.when(carry.others > 0));
            list.push(carried(last, Way::SameParagraph, marks));
        }
        if let Some(subject) = carry.subject.as_ref().filter(|s| s.block == b) {
            list.push(self.implied(b, &subject.tokens, Way::SentenceBefore, Marks::default()));
        }
        if let Some(subject) = next
            .and_then(|n| n.subject.as_ref())
            .filter(|s| s.animate && s.kind == NpKind::Name && region.tokens.start == 0)
        {
            let more = self.doc.block(b).1.speech.sentences.len() > 2;
            list.push(self.implied(b, &subject.tokens, Way::SentenceAfter, Marks::LONGER.when(more)));
        }
        // "Amara Diallo’s answer? “…”"
        let sentences = &self.doc.block(b).1.speech.sentences;
        let here = sentences.partition_point(|s| s.tokens.start < sentence.tokens.start);
        let above = here.checked_sub(1).map(|i| &sentences[i]).filter(|s| s.asks);
        if let Some(asked) = above
            .and_then(|s| s.handover.as_ref())
            .filter(|_| sentence.opens_with_quote)
        {
            let mut candidate = self.implied(b, asked, Way::Colon, Marks::default());
            candidate.cue = vec![self.doc_span(b, &(asked.end..sentence.tokens.start))];
            list.push(named(candidate));
        }
        // "… as the paper's website notes:" and the words in the next paragraph.
        if region.tokens.start == 0 {
            self.by_handle(b, list);
        }
        if region.tokens.start == 0
            && let Some(source) = &carry.introduced
        {
            let mut candidate = self.implied(source.block, &source.tokens, Way::Introduced, Marks::default());
            candidate.cue = self.cue_above(b);
            let said = !candidate.cue.is_empty();
            list.push(if said { named(candidate) } else { candidate });
        }
        // A paragraph that opens with a quotation may go on with the speaker of the one before. Once the
        // narrator has begun with something else, a reader no longer knows.
        if sentence.only_quote && sentence.tokens.start == 0 {
            let asked = self.by_narrator(place, carry, list);
            if let Some(partner) = self.in_exchange(b, carry) {
                list.push(carried(partner, Way::Exchange, Marks::default()));
            }
            if let Some(last) =
                carry.last.as_ref().filter(|_| !self.is_lone_item(b)).filter(|l| {
                    l.block + 1 == b || l.quoted && l.block + 2 == b && self.is_outside(l.block + 1)
                })
            {
                let marks = Marks::REPORTED
                    .when(!last.quoted)
                    .and(Marks::OTHERS.and(Marks::PASSED).when(carry.others > 0))
                    .and(Marks::OVER.when(last.block + 2 == b))
                    .and(Marks::ASKED.when(asked));
                list.push(carried(last, Way::ParagraphBefore, marks));
            }
            let above = carry.subject.as_ref().filter(|s| s.block + 1 == b);
            if let Some(subject) = above.filter(|_| !self.is_lone_item(b)) {
                list.push(self.implied(subject.block, &subject.tokens, Way::EndBefore, Marks::default()));
            }
            if self.doc.block(b).1.speech.sentences.len() == 1 {
                self.by_next_paragraph(b, list);
            }
        }
    }

    /// "“How many came?” I asked." / "“Two.” He counted." / "“And you?”": a narrator who asks, and whoever answers. Says whether
    /// the paragraph before was a question of the narrator's.
    fn by_narrator(&self, place: &Place<'_>, carry: &Carry, list: &mut Vec<Candidate>) -> bool {
        /// Most words of a question that a narrator puts without a word about it.
        const QUESTION: usize = 15;
        let b = place.block;
        let Some(last) = carry.last.as_ref().filter(|l| l.quoted && l.block + 1 == b) else {
            return false;
        };
        if self.is_narrator(&last.source) {
            let asked = self.ends_in_question(last.block);
            let subject = place.next.and_then(|n| n.subject.as_ref());
            let local = self.doc.block(b).1;
            let one = subject.filter(|s| matches!(local.tokens.fold(s.tokens.start), "he" | "she"));
            if let Some(one) = one.filter(|s| asked && s.kind == NpKind::Pronoun) {
                list.push(self.implied(b, &one.tokens, Way::SentenceAfter, Marks::default()));
            }
            let partner = carry.partner.as_ref().filter(|p| p.block + 2 == b && asked);
            if let Some(partner) = partner.filter(|p| !self.is_narrator(&p.source)) {
                list.push(carried(partner, Way::Exchange, Marks::default()));
            }
            return asked;
        }
        let alone = self.doc.block(b).1.speech.sentences.len() == 1;
        let asks = alone && place.region.words <= QUESTION && self.ends_in_question(b);
        if let Some(narrator) = carry
            .narrator
            .as_ref()
            .filter(|_| asks && !self.ends_in_question(last.block))
        {
            list.push(carried(narrator, Way::Exchange, Marks::default()));
        }
        false
    }

    /// Whether block `b` is an item of a list that paragraphs part from the others, as the heads of what is told of each
    /// line are: it is nobody's who spoke above.
    pub(super) fn is_lone_item(&self, b: usize) -> bool {
        let zone = |b: usize| self.doc.blocks.get(b).map(|b| b.zone);
        let item = Some(Zone::ListItem);
        zone(b) == item && zone(b + 1).is_some_and(|z| z == Zone::Body) && zone(b.wrapping_sub(1)) != item
    }

    /// Whether words that name a source are those of somebody who tells what he has seen: "I", "we".
    pub(super) fn is_narrator(&self, source: &Phrase) -> bool {
        let tokens = &self.doc.block(source.block).1.tokens;
        source.tokens.len() == 1 && matches!(tokens.fold(source.tokens.start), "i" | "we")
    }

    /// Whether the last quotation of a paragraph ends with a question mark.
    fn ends_in_question(&self, b: usize) -> bool {
        let Some(local) = self.doc.locals.get(b) else {
            return false;
        };
        let last = local.speech.regions.last();
        let mut words = last.into_iter().flat_map(|r| local.tokens.inside(r.inner));
        words.next_back().is_some_and(|t| local.tokens.fold(t) == "?")
    }

    /// "“Did you run?” she asked." / "“No,” he replied." / "“You walked?”" / "“I did.”": two who ask and answer, a paragraph
    /// each; whoever spoke before the last one speaks again.
    fn in_exchange<'c>(&self, b: usize, carry: &'c Carry) -> Option<&'c Last> {
        /// Most words of a line in a quick exchange.
        const TERSE: usize = 8;
        let last = carry.last.as_ref().filter(|l| l.quoted && l.block + 1 == b)?;
        let partner = carry
            .partner
            .as_ref()
            .filter(|p| p.block + 2 == b && p.source != last.source)?;
        // "“What is this?” the guard asks." / "“Honey,” says Holm." / "“For what?”" / "“For bread.”"
        let terse = |b: usize| self.words_said(b).is_some_and(|n| n <= TERSE);
        let brief = terse(partner.block) && terse(last.block) && terse(b);
        let asks = |b: usize| self.asks_somebody(b) || brief && self.ends_in_question(b);
        let answered = asks(partner.block) && !asks(last.block) && asks(b);
        let answers = asks(last.block) && !asks(b) && !asks(partner.block);
        // "“You were desperate, Mr Holm.”": nobody calls himself so, and whoever is called answers.
        let called = self.calls(b).is_some_and(|name| !self.is_called(partner, name));
        let responds = self
            .calls(last.block)
            .is_some_and(|name| !self.is_called(last, name) && self.calls(b).is_none());
        (answered || answers || called || responds).then_some(partner)
    }

    /// How many words the one quotation of a paragraph has.
    fn words_said(&self, b: usize) -> Option<usize> {
        match self.doc.locals.get(b)?.speech.regions.as_slice() {
            [only] => Some(only.words),
            _ => None,
        }
    }

    /// The name of somebody whom a paragraph’s quotation calls at its end: "… , Mr Holm."
    fn calls(&self, b: usize) -> Option<&str> {
        let local = self.doc.locals.get(b)?;
        let tokens = &local.tokens;
        let region = local.speech.regions.last()?;
        let mut words = region.tokens.clone().rev();
        let name = words.find(|t| tokens.kind(*t) == TokenKind::Word)?;
        let stop = name.checked_sub(1).filter(|t| tokens.fold(*t) == ".");
        let title = stop.unwrap_or(name).checked_sub(1)?;
        let courtesy = matches!(tokens.fold(title), "mr" | "mrs" | "ms" | "miss" | "dr" | "sir");
        (courtesy && title > 0 && tokens.fold(title - 1) == ",").then(|| tokens.fold(name))
    }

    /// Whether the words for a speaker end with a name.
    fn is_called(&self, last: &Last, name: &str) -> bool {
        let tokens = &self.doc.block(last.source.block).1.tokens;
        last.source.tokens.clone().any(|t| tokens.fold(t) == name)
    }

    /// Whether a paragraph ends its quotation with a question to somebody: "Did you run?"
    fn asks_somebody(&self, b: usize) -> bool {
        /// How far before the mark the one who is asked may stand, in tokens.
        const REACH: usize = 12;
        let Some(local) = self.doc.locals.get(b) else {
            return false;
        };
        let tokens = &local.tokens;
        let Some(region) = local.speech.regions.last() else {
            return false;
        };
        let Some(mark) = region
            .tokens
            .clone()
            .rev()
            .find(|t| tokens.kind(*t) == TokenKind::Word)
        else {
            return false;
        };
        let from = mark.saturating_sub(REACH).max(region.tokens.start);
        tokens.fold(mark + 1) == "?"
            && (from..=mark).any(|t| matches!(tokens.fold(t), "you" | "your" | "yourself"))
    }

    /// The next paragraph may introduce the speaker of a quotation that stands alone.
    pub(super) fn by_next_paragraph(&self, b: usize, list: &mut Vec<Candidate>) {
        let Some(sentence) = (b + 1 < self.doc.locals.len())
            .then(|| self.doc.block(b + 1))
            .filter(|(block, _)| block.zone == Zone::Body)
            .and_then(|(_, local)| local.speech.sentences.first())
        else {
            return;
        };
        let spoken = sentence.frames.iter().any(|f| {
            f.animate && f.source.is_some() && f.classes.has(Classes::SPEECH) && !f.classes.has(Classes::WEAK)
        });
        let named = sentence
            .subject
            .as_ref()
            .filter(|s| s.animate && s.kind == NpKind::Name);
        if let Some(subject) = named.filter(|_| spoken) {
            list.push(self.implied(b + 1, &subject.tokens, Way::ParagraphAfter, Marks::default()));
        }
    }

    /// Who is named in the narrator's clause that the quotation is a part of.
    pub(super) fn by_surroundings(&self, place: &Place<'_>, carry: &Carry, list: &mut Vec<Candidate>) {
        let (b, sentence, region) = (place.block, place.sentence, place.region);
        let local = self.doc.block(b).1;
        let short = Marks::SHORT.when(region.words <= 3 && !place.full);
        let speaks = |f: &Frame| f.source.is_some() && f.animate;
        let earlier = sentence
            .frames
            .iter()
            .enumerate()
            .rev()
            .find(|(_, f)| f.cue.end <= region.tokens.start && speaks(f));
        if let Some((f, frame)) = earlier {
            let says = frame.classes.has(Classes::SPEECH)
                && !frame.classes.has(Classes::WEAK)
                && frame.content_kind == ContentKind::Clause;
            let marks = short
                .and(Marks::SAYS.when(says))
                .and(Marks::WEAK.when(frame.classes.has(Classes::WEAK)))
                .and(Marks::FAR.when(distance(frame, region) > FAR));
            let mut candidate = self.of_frame(b, f, frame, Way::Earlier, marks);
            candidate.frame = None;
            list.push(candidate);
        }
        let later = sentence
            .frames
            .iter()
            .enumerate()
            .find(|(_, f)| f.cue.start >= region.tokens.end && speaks(f));
        if let Some((f, frame)) = later.filter(|_| place.alone()) {
            let mut candidate = self.of_frame(b, f, frame, Way::Later, short);
            candidate.frame = None;
            list.push(candidate);
        }
        if let Some((_, chosen)) = place.before.filter(|(r, c)| {
            let mut between = r.tokens.end..region.tokens.start;
            c.source.is_some()
                && between.len() <= 4
                && between.all(|t| {
                    let word = local.tokens.fold(t);
                    cue::classes(word).has(Classes::COORDINATOR)
                        || matches!(
                            word,
                            "," | ";" | "(" | "or" | "a" | "an" | "the" | "as" | "even" | "to" | "then"
                        )
                })
        }) {
            list.push(Candidate {
                way: Way::List,
                marks: short,
                cue: Vec::new(),
                frame: None,
                ..chosen.clone()
            });
        }
        let agentless = sentence.frames.iter().any(|f| f.source.is_none());
        if let Some(subject) = sentence.subject.as_ref().filter(|s| s.animate && !agentless) {
            let speaks = subject.kind != NpKind::Common || region.words > 1;
            if speaks {
                let mut candidate = self.implied(b, &subject.tokens, Way::Subject, short);
                candidate.cue = vec![self.doc_span(b, &subject.verb)];
                list.push(candidate);
            }
        }
        let nearest = sentence
            .speakers
            .iter()
            .rfind(|r| r.end <= region.tokens.start && !is_described(local, r, region));
        if let Some(speaker) = nearest.filter(|_| !agentless) {
            list.push(self.implied(b, speaker, Way::Nearest, short));
        }
        if !place.alone()
            && let Some(last) = carry.last.as_ref().filter(|l| l.block == b && l.quoted)
        {
            let marks = Marks::PART.and(short).and(Marks::OTHERS.when(carry.others > 0));
            list.push(carried(last, Way::SameParagraph, marks));
        }
    }

    pub(super) fn is_outside(&self, b: usize) -> bool {
        matches!(self.doc.blocks[b].zone, Zone::Crosshead | Zone::Caption)
    }
}
