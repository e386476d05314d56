//! What one block says about speech, before its neighbors are known: stretches inside quotation marks,
//! sentences with quotations folded, and frames of reporting. Part of the cached local analysis.

use std::ops::Range;

use crate::{
    base::{order::Order, span::Span, word::TokenKind},
    semantic::{
        article::AsideKind,
        aside,
        content::quotes_in,
        cue::{self, Classes},
        extent,
        frame::{self, Frame, FrameKind},
        lexicon,
        line::{Item, Line, NpKind, Region},
        local::Local,
        mention::What,
        nested::{self, Nested},
        noun, passive, predicate,
        regions::{narrator_sentences, region_of, regions},
        report::reports,
        subject,
        verbless::credit,
    },
    syntax::{block::Block, tag::Tag, token::Shape},
};

/// The speech of one block; ranges are of its tokens.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Speech {
    /// Outer quotations, in text order.
    pub(super) regions: Vec<Region>,
    /// Sentences, in text order; they tile the tokens.
    pub(super) sentences: Vec<Sentence>,
    /// Titles and names in marks, which are words of the narrator; in text order.
    pub(super) titles: Vec<(Span, AsideKind)>,
    /// Quotations inside quotations, and inside turns of a transcript; in text order.
    pub(super) nested: Vec<Nested>,
}

impl Speech {
    /// Gives back memory that was kept for more.
    pub(super) fn shrink(&mut self) {
        self.regions.shrink_to_fit();
        self.sentences.shrink_to_fit();
        for sentence in &mut self.sentences {
            sentence.speakers.shrink_to_fit();
            for frames in [&mut sentence.frames, &mut sentence.views] {
                frames.shrink_to_fit();
                frames.iter_mut().for_each(|f| f.content.shrink_to_fit());
            }
        }
    }

    /// Every place that is counted in bytes.
    pub(super) fn spans(&mut self) -> impl Iterator<Item = &mut Span> {
        let nested = self.nested.iter_mut().filter_map(|n| n.region.as_mut());
        let regions = self.regions.iter_mut().chain(nested);
        let spans = regions.flat_map(|r| [&mut r.span, &mut r.inner]);
        spans.chain(self.titles.iter_mut().map(|(span, _)| span))
    }
}

/// One sentence of the narrator.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Sentence {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The regions that lie in it, as a range of [`Speech::regions`].
    pub(super) regions: Range<usize>,
    /// Its frames, in the order of their cues.
    pub(super) frames: Vec<Frame>,
    /// Attributions that decide no quotation, in the order of their cues.
    pub(super) views: Vec<Frame>,
    /// The subject of its main clause.
    pub(super) subject: Option<Subject>,
    /// Phrases of it that can speak, whatever their part in the sentence.
    pub(super) speakers: Vec<Range<usize>>,
    /// Somebody right behind a quotation that opens the sentence and ends with a comma or a question, and the
    /// verb after: "“…,” an angry Hollande retaliated".
    pub(super) tail: Option<(Range<usize>, Range<usize>)>,
    /// The document or speaker in "From the report: “…”" and "In his letter: “…”", or in the question before: "Roy’s answer?".
    pub(super) handover: Option<Range<usize>>,
    /// A name behind a dash and nothing else: the credit of the quotation before it.
    pub(super) credit: Option<Range<usize>>,
    /// Whether the sentence ends with a colon.
    pub(super) introduces: bool,
    /// Whether its first item is a quotation.
    pub(super) opens_with_quote: bool,
    /// Whether it holds nothing but quotations and punctuation.
    pub(super) only_quote: bool,
    /// Whether it asks something.
    pub(super) asks: bool,
}

/// A sentence's subject.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Subject {
    /// The phrase.
    pub(super) tokens: Range<usize>,
    /// The verb group after it.
    pub(super) verb: Range<usize>,
    /// What heads it.
    pub(super) kind: NpKind,
    /// Whether it can speak, by its head.
    pub(super) animate: bool,
}

/// Analyzes the speech of a block whose tokens, pairs, sentences and candidates are known.
pub(super) fn analyze(block: &Block, local: &Local) -> Speech {
    if local.tokens.is_empty() {
        return Speech::default();
    }
    let mut regions = regions(block, local);
    let mut titles = Vec::new();
    let mut folded = Vec::new();
    let mut closed = Vec::new();
    // The aside right before, which a list goes on with.
    let mut before: Option<(usize, AsideKind)> = None;
    regions.retain(|region| {
        let listed = before.and_then(|(end, kind)| aside::listed(local, end, kind, region));
        match aside::plain(local, region).or(listed) {
            None => true,
            Some(kind) => {
                titles.push((region.span, kind));
                if let Some(words) = named_words(local, region) {
                    folded.push(words);
                    closed.push(region.tokens.end);
                }
                before = Some((region.tokens.end, kind));
                false
            }
        }
    });
    let inner = inner_regions(local, &regions, &mut titles);
    let starts: Vec<usize> = local
        .candidates
        .iter()
        .filter(|c| match &c.what {
            What::Name(name) => {
                !name.hits.is_empty() || name.title.is_some() || name.role.is_some() || c.tokens.len() > 1
            }
            _ => false,
        })
        .flat_map(|c| [c.phrase.start, c.tokens.start])
        .filter(|i| {
            let shape = local.tokens.list.get(*i).map(|t| t.shape);
            matches!(shape, Some(Shape::Capital | Shape::AllCaps | Shape::Initial))
        })
        .collect();
    let starts = {
        let mut starts = starts;
        starts.order_by(Ord::cmp);
        starts
    };
    let mut sentences = Vec::new();
    let mut region = 0;
    let first_token = local
        .tokens
        .at(block.lead_end.saturating_sub(1))
        .min(local.tokens.len());
    let first_token = if block.lead_end == 0 {
        0
    } else {
        first_token
            + usize::from(
                local
                    .tokens
                    .list
                    .get(first_token)
                    .is_some_and(|t| t.span.end <= block.lead_end),
            )
    };
    let mut title = 0;
    let mut closing = 0;
    for range in narrator_sentences(local, &regions) {
        let from = range.start.max(first_token.min(range.end));
        let first_region = region;
        let mut items = Vec::with_capacity(range.len());
        let mut i = from;
        while i < range.end {
            while regions.get(region).is_some_and(|r| r.tokens.end <= i) {
                region += 1;
            }
            while folded.get(title).is_some_and(|t| t.end <= i) {
                title += 1;
            }
            // The mark that closes a title says no more; the comma inside it belongs to the sentence.
            if i < closing && local.tokens.kind(i) == TokenKind::Punct && local.tokens.fold(i) != "," {
                i += 1;
                continue;
            }
            match regions.get(region) {
                // A title is one name, whatever its words are.
                _ if folded
                    .get(title)
                    .is_some_and(|t| t.start == i && t.end <= range.end) =>
                {
                    closing = closed[title].min(range.end);
                    let comma = (folded[title].end..closing).any(|t| local.tokens.fold(t) == ",");
                    let end = if comma {
                        folded[title].end
                    } else {
                        closing.max(folded[title].end)
                    };
                    items.push(Item {
                        first: i as u32,
                        end: end as u32,
                        region: None,
                    });
                    i = end;
                }
                Some(r) if r.tokens.start <= i => {
                    items.push(Item {
                        first: i as u32,
                        end: r.tokens.end.min(range.end) as u32,
                        region: Some(region as u32),
                    });
                    i = r.tokens.end.max(i + 1);
                    region += 1;
                }
                _ => {
                    items.push(Item {
                        first: i as u32,
                        end: i as u32 + 1,
                        region: None,
                    });
                    i += 1;
                }
            }
        }
        let line = Line::new(local, items, &starts);
        sentences.push(sentence(&line, range, first_region..region));
    }
    let mut next = 0;
    let nested = regions
        .iter()
        .enumerate()
        .flat_map(|(r, region)| {
            let from = next;
            while inner.get(next).is_some_and(|i| i.0 == r) {
                next += 1;
            }
            let own: Vec<Region> = inner[from..next].iter().map(|i| i.1.clone()).collect();
            nested::find(local, region, &own, &starts)
        })
        .collect();
    Speech {
        regions,
        sentences,
        titles,
        nested,
    }
}

/// The pairs inside each region, with the region's index; those that hold names, titles and terms go to `titles`.
fn inner_regions(
    local: &Local,
    regions: &[Region],
    titles: &mut Vec<(Span, AsideKind)>,
) -> Vec<(usize, Region)> {
    let mut inner: Vec<(usize, Region)> = Vec::new();
    for pair in &local.pairs {
        let around = regions.partition_point(|r| r.span.end <= pair.span.start);
        let inside = regions.get(around).is_some_and(|r| {
            r.span.start <= pair.span.start
                && pair.span.end <= r.span.end
                && !(r.opened && r.span == pair.span)
        });
        if !inside || pair.open.is_none() || pair.close.is_none() {
            continue;
        }
        let region = region_of(local, pair);
        match aside::plain(local, &region) {
            Some(kind) => titles.push((region.span, kind)),
            // What is quoted inside that is quoted once more.
            None if inner.last().is_some_and(|l| l.1.tokens.end > region.tokens.start) => {}
            None => inner.push((around, region)),
        }
    }
    titles.order_by_key(|t: &(Span, AsideKind)| t.0);
    inner
}

/// The tokens of a title from its opening mark to its last word; the comma behind it belongs to the sentence.
fn named_words(local: &Local, region: &Region) -> Option<Range<usize>> {
    let last = local
        .tokens
        .inside(region.inner)
        .rfind(|i| local.tokens.list[*i].kind != TokenKind::Punct)?;
    Some(region.tokens.start..last + 1)
}

fn sentence(line: &Line<'_>, tokens: Range<usize>, regions: Range<usize>) -> Sentence {
    let mut frames = frame::frames(line);
    frames.retain(|f| f.source.as_ref().is_none_or(|s| s.start < s.end));
    let mut views = predicate::views(line);
    views.retain(|v| {
        // "It appears to show disdain": a deed that is told with a verb of saying leaves what seems so.
        !frames.iter().any(|f| {
            f.cue.start < v.cue.end
                && v.cue.start < f.cue.end
                && !f.content.is_empty()
                && (v.kind != FrameKind::Seeming || reports(f) || quotes_in(line, &f.content))
        })
    });
    let subject = main_subject(line);
    let opens_with_quote = (0..line.len())
        .find(|i| line.is_word(*i) || line.is_quote(*i))
        .is_some_and(|i| line.is_quote(i));
    let speakers = speakers(line);
    let tail = tail(line);
    let credit = credit(line);
    let handover = handover(line);
    let introduces = line.fold(line.len().wrapping_sub(1)) == ":";
    let asks = line.fold(line.len().wrapping_sub(1)) == "?";
    let only_quote = !regions.is_empty() && (0..line.len()).all(|i| !line.is_word(i));
    Sentence {
        tokens,
        regions,
        frames,
        views,
        subject,
        speakers,
        tail,
        handover,
        credit,
        introduces,
        opens_with_quote,
        only_quote,
        asks,
    }
}

/// Who stands right behind a quotation that opens the sentence, and the verb after, whatever verb it is.
fn tail(line: &Line<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let quote = (0..line.len())
        .find(|i| line.is_word(*i) || line.is_quote(*i))
        .filter(|i| line.is_quote(*i))?;
    let item = line.items[quote];
    let last = (item.first..item.end)
        .rev()
        .map(|t| line.local.tokens.fold(t as usize))
        .find(|w| {
            w.chars()
                .any(|c| c.is_alphanumeric() || matches!(c, ',' | '?' | '!' | '.' | '-' | '—'))
        })?;
    let mut at = quote + 1;
    let comma_outside = line.is_comma(at);
    if comma_outside {
        at += 1;
    }
    if !comma_outside && !matches!(last, "," | "?" | "!" | "-" | "—") {
        return None;
    }
    // "“…,” per Amara Diallo".
    if line.fold(at) == "per" {
        let np = line
            .np_starting_at(at + 1)
            .filter(|np| np.kind == NpKind::Name || line.may_speak(np))?;
        let end = extent::extend_right(line, np, true);
        return Some((line.tokens(np.items.start..end), line.tokens(at..at + 1)));
    }
    if let Some(found) = unknown_verb(line, at) {
        return Some(found);
    }
    let np = line
        .np_starting_at(at)
        .filter(|np| !matches!(np.kind, NpKind::Relative | NpKind::Time))?;
    let end = extent::extend_right(line, np, true);
    let verb = (end..line.len().min(end + 4)).find(|i| line.is_verb(*i) || line.is_aux(*i));
    if verb.is_some_and(|v| passive::is_told(line, v)) {
        return None;
    }
    if !line.may_speak(np) || verb.is_none() {
        // "“…,” a voice-over in the ad states.": with a verb of saying a thing speaks too, and the tagger may have
        // taken the verb for a noun of the phrase.
        let says = |i: &usize| {
            cue::verb(line.fold(*i)).is_some_and(|v| {
                v.classes.has(Classes::SPEECH.and(Classes::DATA))
                    && (!v.classes.has(Classes::WEAK) || line.is_stop(*i + 1))
            })
        };
        if let Some(verb) = (at + 1..line.len().min(end + 6)).find(says) {
            return Some((line.tokens(at..verb), line.tokens(verb..verb + 1)));
        }
        if !line.may_speak(np) {
            return None;
        }
    }
    let verb = verb.map_or(0..0, |v| line.tokens(v..v + 1));
    Some((line.tokens(np.items.start..end), verb))
}

/// "“…,” quoth Amara Diallo.", "« … », a dit Diallo.": one or two small words that are no cue anybody knows, a name,
/// and the end of the sentence.
fn unknown_verb(line: &Line<'_>, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let small = |i: usize| {
        line.is_word(i) && line.shape(i) == Shape::Lower && (!line.is_adp(i) || line.fold(i) == "a")
    };
    let words = (at..at + 3).take_while(|i| small(*i)).count();
    let name = at + words;
    let end = (name..line.len().min(name + 4))
        .find(|i| line.shape(*i) != Shape::Capital)
        .unwrap_or(name);
    let closed = Classes::COORDINATOR
        .and(Classes::SUBORDINATOR)
        .and(Classes::RELATIVE)
        .and(Classes::PERSONAL)
        .and(Classes::POSSESSIVE);
    let verb = match words {
        1 => line.tag(at) != Tag::Det,
        2 => line.fold(at + 1) != "the",
        _ => false,
    } && (at..name).all(|i| !line.classes(i).has(closed));
    // "“…,” vowed captain Amara Diallo"
    let told = words == 2
        && cue::verb(line.fold(at))
            .is_some_and(|v| v.classes.has(Classes::SPEECH) && v.form == cue::Form::Past);
    if told && line.is_animate(at + 1) && end > name {
        return Some((line.tokens(at + 1..end), line.tokens(at..at + 1)));
    }
    // A verb of saying needs no end of the sentence: "“…,” countered Inês Salgado of the Marine Survey".
    let says = words == 1
        && cue::verb(line.fold(at)).is_some_and(|v| {
            v.classes.has(Classes::SPEECH)
                && !v.classes.has(Classes::WEAK)
                && matches!(v.form, cue::Form::Past | cue::Form::Present)
        });
    (verb && end > name && (says || line.is_stop(end)) && !matches!(line.fold(at), "the" | "an"))
        .then(|| (line.tokens(name..end), line.tokens(at..name)))
}

/// "From the report: “…”", "Amara Diallo (left) in Accra: “…”": what hands over to a quotation behind a colon
/// where no verb stands before it.
fn handover(line: &Line<'_>) -> Option<Range<usize>> {
    // "Amara Diallo’s reaction?" and the words in the next sentence.
    if line.len() > 2 && line.fold(line.len() - 1) == "?" {
        let np = line
            .np_starting_at(0)
            .filter(|np| np.items.end == line.len() - 1)?;
        let mark = np
            .items
            .clone()
            .find(|i| line.kind(*i) == TokenKind::Possessive || line.classes(*i).has(Classes::POSSESSIVE))?;
        let answers = line.classes(np.head).has(noun::NOUN_CUES)
            || matches!(
                line.fold(np.head),
                "reaction" | "response" | "answer" | "reply" | "verdict"
            );
        return (answers && np.head + 1 == np.items.end).then(|| line.tokens(0..mark + 1));
    }
    let quote = (1..line.len()).find(|i| line.is_quote(*i) && line.fold(i - 1) == ":")?;
    // "More from our reporter Amara Diallo: “…”"
    let more = matches!(line.fold(0), "more" | "this") && line.fold(1) == "from";
    let first = usize::from(more) + usize::from(more || matches!(line.fold(0), "from" | "per"));
    // "“Hall to close in May,” by the Herald’s Amara Diallo: “…”"
    let marked = |i: usize| line.is_quote(i) || line.fold(i).is_empty();
    let by = (1..quote.min(5))
        .find(|&i| line.fold(i) == "by" && (marked(i - 1) || line.is_comma(i - 1) && i > 1 && marked(i - 2)));
    let first = by.map_or(first, |by| by + 1);
    let np = line
        .np_starting_at(first)
        .filter(|np| np.kind == NpKind::Name || first > 0 && np.kind == NpKind::Common)?;
    // "From Amara Diallo, who is in Accra: “…”": what is told of her is no clause that could report.
    let told =
        first > 0 && line.is_comma(np.items.end) && matches!(line.fold(np.items.end + 1), "who" | "whose");
    let clause = if told { np.items.end } else { quote };
    let reports = |i: usize| cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::SPEECH));
    if (by.unwrap_or(0)..clause).any(|i| line.tag(i).is_finite() || line.is_aux(i) || line.is_quote(i))
        || (clause..quote).any(|i| line.is_quote(i) || reports(i))
    {
        return None;
    }
    let end = extent::extend_right(line, np, true).min(quote - 1);
    // "14.32 Diallo: “…”": live blogs put the time before the name.
    let start = np.items.start;
    let time = line.kind(start) == TokenKind::Number && line.fold(start).contains('.');
    let start = start + usize::from(time && start + 1 < np.items.end && line.tag(start + 1) == Tag::Propn);
    Some(line.tokens(start..end))
}

/// Phrases that name a person, a body or a document and hang on no preposition.
fn speakers(line: &Line<'_>) -> Vec<Range<usize>> {
    line.nps
        .iter()
        .filter(|np| np.governed.is_none() && line.may_speak(np))
        .filter(|np| match np.kind {
            NpKind::Pronoun => {
                line.classes(np.head).has(Classes::PERSONAL)
                    && !matches!(line.fold(np.head), "it" | "you" | "one")
            }
            kind => kind != NpKind::Relative,
        })
        .map(|np| line.tokens(np.items.clone()))
        .collect()
}

fn main_subject(line: &Line<'_>) -> Option<Subject> {
    // "When the talks began, Okoro called them on it": the main clause stands behind the comma.
    let opens = (0..line.len().min(4))
        .find(|i| line.classes(*i).has(Classes::SUBORDINATOR) && line.tag(*i) != Tag::Adp);
    let comma = opens.and_then(|o| (o..line.len()).find(|i| line.is_comma(*i) && !line.is_quote(i - 1)));
    comma
        .and_then(|c| subject_from(line, c + 1))
        .or_else(|| subject_from(line, 0))
}

/// The subject of the first clause that has one, at or behind item `from`.
fn subject_from(line: &Line<'_>, from: usize) -> Option<Subject> {
    for i in from..line.len() {
        if line.is_quote(i) || !(line.tag(i).is_finite() || line.is_aux(i)) {
            continue;
        }
        let Some((range, _)) = subject::before(line, i) else {
            continue;
        };
        let np = line.np_starting_at(range.start)?;
        // "Hartmann, whose country holds the chair, was blunter": nor is it the subject of a clause beside it.
        let whose = range
            .start
            .checked_sub(1)
            .is_some_and(|w| line.fold(w) == "whose");
        if np.kind == NpKind::Relative || whose || range.start < from {
            continue;
        }
        let mut end = i + 1;
        while end < line.len()
            && (line.is_aux(end) || line.is_adverb(end) || line.is_verb(end))
            && !line.is_quote(end)
        {
            end += 1;
        }
        return Some(Subject {
            tokens: line.tokens(range),
            verb: line.tokens(i..end),
            kind: np.kind,
            animate: line.may_speak(np)
                && !(np.items.len() == 1 && lexicon::english().is_no_name(line.fold(np.head)))
                && (np.kind != NpKind::Pronoun
                    || line.classes(np.head).has(Classes::PERSONAL) && line.fold(np.head) != "it"),
        });
    }
    None
}

impl Speech {
    /// Regions and frames as lines of text, for debugging and tests.
    pub fn describe(&self, text: &str, local: &Local) -> String {
        let words = |r: &Range<usize>| local.tokens.span(r.clone()).text(text).to_owned();
        let mut out = String::new();
        for s in &self.sentences {
            let subject = s
                .subject
                .as_ref()
                .map(|x| (words(&x.tokens), words(&x.verb), x.animate));
            out += &format!("sentence subject={subject:?}\n");
            for f in s.frames.iter().chain(&s.views) {
                out += &format!(
                    "  {:?} {:?} {:?} cue={:?} source={:?} content={:?} animate={}\n",
                    f.kind,
                    f.side,
                    f.content_kind,
                    words(&f.cue),
                    f.source.as_ref().map(words),
                    f.content.iter().map(words).collect::<Vec<_>>(),
                    f.animate
                );
            }
        }
        out
    }
}
