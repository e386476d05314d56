//! The subject of a cue verb: the noun phrase that says what the verb reports.

use std::ops::Range;

use crate::{
    semantic::{
        climb::{
            antecedent_of, ends_list, floats, is_junior, is_recorded, leftmost_of_group, opens_clause,
            outermost, quoted, quoted_aside, with_apposed, with_phrases,
        },
        cue::{self, Classes, Form},
        extent::{self, extend_right},
        leading::{following, leading},
        lexicon,
        line::{Line, NpKind},
        mend_verbs::series_comma,
        shared_subject::coordinated,
        verb_group::verb_group,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Active or passive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Voice {
    Active,
    Passive,
}

/// A cue verb's group and subject, in items of its sentence.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The verb with its auxiliaries and adverbs.
    pub(super) group: Range<usize>,
    /// The source phrase, if one is there.
    pub(super) source: Option<Range<usize>>,
    /// What a relative pronoun stands for.
    pub(super) antecedent: Option<Range<usize>>,
    /// Active or passive.
    pub(super) voice: Voice,
    /// Whether the subject follows the verb.
    pub(super) inverted: bool,
    /// Whether the group is negated, or a refusal ("declined to say").
    pub(super) negated: bool,
}

/// Finds the subject of the cue verb at item `at`. `None` when the word is no predicate here.
pub(super) fn of_verb(line: &Line<'_>, at: usize, form: Form) -> Option<Subject> {
    let group = verb_group(line, at, form);
    let mut subject = Subject {
        group: group.items.clone(),
        source: None,
        antecedent: None,
        voice: if group.passive {
            Voice::Passive
        } else {
            Voice::Active
        },
        inverted: false,
        negated: group.negated,
    };
    if group.passive {
        // "was quoted by the agency as saying": the passive subject speaks; "as saying" comes as its own cue.
        return Some(subject);
    }
    let quote_before =
        at > 0 && (line.is_quote(at - 1) || at > 1 && line.is_comma(at - 1) && line.is_quote(at - 2));
    // "“It is closed,” read the notice", "Eels hum, say scientists": some verbs look like their base.
    let plural = line.tag(at) == Tag::VerbPres && at > 0 && line.is_comma(at - 1);
    let tells = matches!(form, Form::Past | Form::Present) || form == Form::Base && (quote_before || plural);
    if tells && !group.chained {
        // Behind an aside the subject has come already: "Lopes, in a statement, said he".
        // "Roy, who calls her a “fool,” repeated his demand": so it has where what stands behind cannot speak.
        let object = || {
            line.np_starting_at(at + 1)
                .is_some_and(|np| np.kind == NpKind::Common && !line.may_speak(np))
        };
        let settled = at > 0 && (!quote_before || object()) && before(line, group.items.start).is_some();
        if let Some(source) = (!settled).then(|| inverted(line, at, &group.items)).flatten() {
            subject.source = Some(source);
            subject.inverted = true;
            return Some(subject);
        }
    }
    if let Some(source) = caused(line, group.items.start) {
        subject.source = Some(source);
        return Some(subject);
    }
    let having = line.fold(group.items.start) == "having";
    let verb = cue::verb(line.fold(at));
    let led = || leading(line, group.items.start, verb?);
    let refusing = group.chained && !group.finite && line.tag(group.items.start) == Tag::VerbIng;
    if form == Form::Ing && !group.finite || group.infinitive || having || refusing {
        let speech = verb.is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK));
        let (source, antecedent) = of_participle(line, group.items.start, speech)
            .or_else(led)
            .or_else(|| following(line, group.items.start))?;
        subject.source = Some(source);
        subject.antecedent = antecedent;
        return Some(subject);
    }
    if matches!(form, Form::Base) && !group.finite && line.tag(at) == Tag::VerbBase {
        // "Others, however, say": a present that the tagger takes for an infinitive, unless something lets or makes
        // them say it. Without a subject it is an imperative.
        let (source, antecedent) = before(line, group.items.start)?;
        let caused = source.start > 0 && (line.is_verb(source.start - 1) || line.is_aux(source.start - 1));
        if caused || !may_speak(line, &source) {
            return None;
        }
        subject.source = Some(source);
        subject.antecedent = antecedent;
        return Some(subject);
    }
    // "Bank holds rates, says more": headlines put a comma for "and".
    // "He mocked his rivals, cited a poll and called them weak".
    let series = || series_comma(line, at).and_then(|comma| coordinated(line, comma, 0));
    let headline = || {
        let comma = group.items.start.checked_sub(1)?;
        let shares = line.is_comma(comma) && line.fold(line.len() - 1) != ".";
        shares.then(|| coordinated(line, comma, 0)).flatten()
    };
    let (source, antecedent) = before(line, group.items.start)
        .or_else(series)
        .or_else(headline)
        .or_else(led)?;
    subject.source = Some(source);
    subject.antecedent = antecedent;
    Some(subject)
}

/// "Forced Okoro to admit that", "got her to say so": whoever is brought to say something, before the "to" at item `to`.
pub(super) fn caused(line: &Line<'_>, to: usize) -> Option<Range<usize>> {
    let np = line.np_ending_at(to).filter(|_| line.fold(to) == "to")?;
    let by = np.items.start.checked_sub(1)?;
    let brings = lexicon::english().is(WordSet::Bringing, line.fold(by));
    (brings && np.kind != NpKind::Time && line.may_speak(np)).then(|| np.items.clone())
}

/// Whether the head of a phrase can speak.
pub(super) fn may_speak(line: &Line<'_>, source: &Range<usize>) -> bool {
    let small = Classes::QUANTIFIER.and(Classes::QUANTITY);
    let behind = (source.start..source.end).find(|i| !line.classes(*i).has(small));
    line.np_starting_at(source.start)
        .or_else(|| line.np_starting_at(behind?))
        .map(|np| {
            // "Current and former officials".
            let bare = line.tag(np.head) == Tag::Adj && matches!(line.fold(np.items.end), "and" | "or");
            line.np_starting_at(np.items.end + 1)
                .filter(|_| bare)
                .unwrap_or(np)
        })
        .is_none_or(|np| {
            // "A number of senators": who they are stands behind "of".
            let counted = lexicon::english().is(WordSet::Counting, line.fold(np.head))
                && line.fold(np.items.end) == "of";
            let of = counted.then(|| line.np_starting_at(np.items.end + 1)).flatten();
            line.may_speak(np) || of.is_some_and(|np| line.may_speak(np))
        })
}

/// One past the last item of the cue whose verb, with its particle, ends before item `end`: "in a statement"
/// belongs to it.
pub(super) fn cue_end(line: &Line<'_>, end: usize) -> usize {
    let statement = line.fold(end) == "in"
        && line.fold(end + 1) == "a"
        && line.classes(end + 2).has(Classes::CUE_NOUN_DOCUMENT);
    end + if statement { 3 } else { 0 }
}

/// "said Hartmann": a subject behind its verb.
pub(super) fn inverted(line: &Line<'_>, at: usize, group: &Range<usize>) -> Option<Range<usize>> {
    if group.start != at {
        return None;
    }
    // "pointed out Hartmann"
    let particle = cue::particle_verb(line.fold(at), |k| line.fold(at + 1 + k)).map_or(0, |p| p.1);
    let np = line
        .np_starting_at(at + 1 + particle)
        .or_else(|| line.np_starting_at(at + 1))?;
    let opens = match at.checked_sub(1) {
        None => true,
        Some(p) => {
            line.is_quote(p)
                || line.is_comma(p)
                || line.is_dash(p)
                || matches!(line.fold(p), "?" | "!" | "…" | "so" | "as" | "thus" | "and")
        }
    };
    if !opens
        || matches!(np.kind, NpKind::Time | NpKind::Relative)
        || line.classes(at + 1).has(Classes::OBJECT) && line.fold(at + 1) != "it" && np.items.len() == 1
    {
        return None;
    }
    let quote_before =
        at > 0 && (line.is_quote(at - 1) || at > 1 && line.is_quote(at - 2) && line.fold(at - 1) != "and");
    if np.kind == NpKind::Pronoun && (matches!(line.fold(at + 1), "that" | "this") || !quote_before) {
        return None;
    }
    let end = extend_right(line, np, true);
    // A verb behind the subject means that it is the subject of a content clause ("…, said the talks were over").
    let next_is_verb = (line.tag(end).is_finite() || line.is_aux(end)) && !line.is_comma(end - 1);
    // "Mr. Hale, citing “the magic,” said the plan could fail".
    let begun = || line.is_aux(end) && line.nps.first().is_some_and(|np| np.items.end < at);
    if next_is_verb && (!(quote_before && line.is_quote(at - 1)) || begun()) {
        return None;
    }
    let verb = cue::verb(line.fold(at))?;
    if !verb
        .classes
        .has(Classes::SPEECH.and(Classes::THAT).and(Classes::DATA))
    {
        return None;
    }
    // "He paused, added nothing": an object, unless it can speak.
    let speaks = line.may_speak(np) || quote_before;
    let told = verb.classes.has(Classes::ADDRESSEE) && !quote_before;
    // With a subject right before the verb group the phrase behind it is an object.
    let subject_before = at > 0
        && line
            .np_ending_at(at)
            .is_some_and(|n| n.governed.is_none() && n.kind != NpKind::Time);
    (speaks && !told && !subject_before).then_some(np.items.start..end)
}

/// The subject of a participle or a free infinitive: that of the clause it hangs on.
/// What is known to be unable to speak is passed over, unless the participle is of `speech` and nobody else is there.
fn of_participle(
    line: &Line<'_>,
    start: usize,
    speech: bool,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    if start == 0 {
        return None;
    }
    // "a letter saying", "those calling", "with dockers chanting": the noun right before it, unless that noun is
    // what the subject put out ("issued a statement saying").
    let p = start - 1;
    // "Quoted an official as saying": the object speaks.
    if let Some(np) = quoted(line, p) {
        return Some((np.items.start..p, None));
    }
    if let Some(np) = line
        .np_ending_at(start)
        .filter(|np| np.kind != NpKind::Time && np.kind != NpKind::Relative)
    {
        // "With three in ten saying".
        let mut first = np;
        while let Some(outer) = first
            .governed
            .filter(|p| matches!(line.fold(*p), "of" | "in"))
            .and_then(|p| line.np_ending_at(p))
        {
            first = outer;
        }
        // "With marchers and spectators chanting".
        if let Some(other) = first
            .items
            .start
            .checked_sub(1)
            .filter(|and| line.fold(*and) == "and")
            .and_then(|and| line.np_ending_at(and))
            .filter(|other| other.governed.is_some_and(|p| line.fold(p) == "with"))
        {
            first = other;
        }
        // "With about three in ten saying".
        let few = |i: &usize| line.classes(*i).has(Classes::QUANTIFIER);
        let before = (0..first.items.start).rev().find(|i| !few(i));
        let object = before.is_some_and(|b| line.is_verb(b) || line.is_aux(b));
        // "Reed heard a man shouting": who is heard or seen or remembered speaks.
        let who = matches!(np.kind, NpKind::Name | NpKind::Pronoun) || line.is_animate(np.head);
        if who && before.is_some_and(|b| lexicon::english().is(WordSet::Witness, line.fold(b))) {
            return Some((first.items.start..start, None));
        }
        if is_recorded(line, np) {
            return Some((np.items.start..start, None));
        }
        let with = before.is_some_and(|b| line.fold(b) == "with");
        let document = line
            .classes(np.head)
            .has(Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT));
        let those = line.fold(np.items.start) == "those";
        if with && !object {
            return Some((before.map_or(first.items.start, |with| with + 1)..start, None));
        }
        if !object && (those || np.governed.is_none() && (document || line.may_speak(np))) {
            return Some((np.items.start..start, None));
        }
    }
    if let Some(first) = with_apposed(line, p) {
        return Some((first..start, None));
    }
    // "as saying" after "was quoted": the passive's subject. Otherwise the nearest finite verb to the left.
    let mut i = p + 1;
    let mut verbs = 0;
    let mut mute = None;
    while i > 0 && verbs < 2 * MAX_VERBS {
        i -= 1;
        // "They marched – where others had played – while chanting": what the dashes enclose is passed over.
        if line.is_dash(i) && i + 2 >= start {
            let open = (i.saturating_sub(MAX_ASIDE)..i).rev().find(|k| line.is_dash(*k));
            i = open.unwrap_or(i);
            continue;
        }
        if line.is_quote(i) || !line.is_predicate(i) {
            continue;
        }
        verbs += 1;
        // A verb inside a relative clause or a content clause is passed over when its own subject cannot speak.
        let group_start = leftmost_of_group(line, i);
        if let Some((range, antecedent)) = before(line, group_start) {
            let speaks = may_speak(line, &range);
            let relative = line
                .np_starting_at(range.start)
                .is_some_and(|np| np.kind == NpKind::Relative);
            if speaks && !relative {
                return Some((range, antecedent));
            }
            if relative && let Some(antecedent) = antecedent.clone() {
                i = antecedent.start;
                if line.classes(range.start).has(Classes::RELATIVE)
                    && may_speak(line, &antecedent)
                    && !line.is_comma(p)
                {
                    return Some((range, Some(antecedent)));
                }
                continue;
            }
            i = range.start;
            mute = Some((range, antecedent)).filter(|_| speech && !relative).or(mute);
            continue;
        }
        if let Some(source) = inverted(line, i, &(i..i + 1)) {
            return Some((source, None));
        }
    }
    mute
}

/// The noun phrase before a verb group that starts at item `start`, with what hangs on it; and, for a
/// relative pronoun, what it stands for.
pub(super) fn before(line: &Line<'_>, start: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    before_at_depth(line, start, 0)
}

/// How many earlier verbs of a sentence are asked for a subject that they may share, and how deep such a
/// chain may go. Together they bound the work a sentence can ask for; real sentences need two and two.
pub(super) const MAX_VERBS: usize = 3;
const MAX_DEPTH: u8 = 2;
/// How far back an aside may open, in items.
const MAX_ASIDE: usize = 60;

pub(super) fn before_at_depth(
    line: &Line<'_>,
    start: usize,
    depth: u8,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let mut end = start;
    let mut guard = 0;
    // A bracket right behind the phrase belongs to it: "Sen. Dale Roy (R-Ohio)".
    let mut bracket: Option<(usize, usize)> = None;
    // A time that may belong to what hangs on the phrase: "voters going to the polls on Tuesday".
    let mut time: Option<usize> = None;
    while end > 0 && guard < 12 && depth <= MAX_DEPTH {
        guard += 1;
        let p = end - 1;
        if line.is_quote(p) {
            return quoted_aside(line, p);
        }
        if line.is_adverb(p) && line.np_ending_at(end).is_none() {
            end = p;
            continue;
        }
        if matches!(line.fold(p), ")" | "]") {
            let open = (0..p).rev().find(|i| matches!(line.fold(*i), "(" | "["))?;
            bracket = bracket
                .filter(|b| b.0 == end)
                .map(|b| (open, b.1))
                .or(Some((open, end)));
            end = open;
            continue;
        }
        if line.is_comma(p) || line.is_dash(p) {
            return aside(line, p);
        }
        if matches!(line.fold(p), "and" | "but" | "or") {
            return coordinated(line, p, depth);
        }
        if is_junior(line, p) {
            bracket = Some((p, bracket.filter(|b| b.0 == end).map_or(end, |b| b.1)));
            end = p;
        }
        // "Okoro himself said": the small word goes with the phrase before it; "all" in "they all vowed" with the cue.
        if floats(line, p) {
            if !matches!(line.fold(p), "all" | "both" | "each") {
                bracket = Some((p, bracket.filter(|b| b.0 == end).map_or(end, |b| b.1)));
            }
            end = p;
            continue;
        }
        let outer = bracket.filter(|b| b.0 == end).map_or(end, |b| b.1);
        let Some(np) = line.np_ending_at(end) else {
            // "Both oppose it": they stand for themselves.
            let opens = p == 0 || line.is_comma(p - 1) || line.is_quote(p - 1) || line.fold(p - 1) == "that";
            if opens && matches!(line.fold(p), "both" | "neither") {
                return Some((p..outer, None));
            }
            return extent::postmodified(line, end).map(|start| (start..outer, None));
        };
        match np.kind {
            // "“All-inclusive” means that": a term or a title says nothing.
            _ if np.governed.is_none() && np.items.len() == 1 && line.items[p].is_title() => return None,
            NpKind::Time => {
                // "A report published on Monday said": the day belongs to the participle.
                let before = np.governed.unwrap_or(np.items.start);
                if line.np_ending_at(before).is_none()
                    && let Some(start) = extent::postmodified(line, before)
                {
                    return Some((start..outer, None));
                }
                time = time.or(Some(outer));
                end = before;
                continue;
            }
            NpKind::Relative => {
                let antecedent = antecedent_of(line, np.items.start);
                return Some((np.items.clone(), antecedent));
            }
            _ => {}
        }
        // "Engineers who had seen the survey said": what stands right before the cue is an object.
        if np.governed.is_none()
            && np.items.start > 0
            && line.tag(np.items.start - 1).is_verb()
            && let Some(start) = extent::postmodified(line, end)
        {
            return Some((start..outer, None));
        }
        let whole = time.unwrap_or(outer);
        // "A man who gave his name as Okoro said".
        if np
            .governed
            .is_some_and(|p| line.fold(p) == "as" && !opens_clause(line, p))
            && let Some(start) = extent::postmodified(line, end)
        {
            return Some((start..whole, None));
        }
        let climbed = with_phrases(line, np, outer);
        // "A woman who waited 29 hours on a trolley said": so is what the preposition hangs on.
        let object = climbed
            .as_ref()
            .is_none_or(|(whole, _)| whole.start > 0 && line.tag(whole.start - 1).is_verb());
        let modified = object
            .then(|| extent::postmodified(line, end))
            .flatten()
            .map(|start| (start..whole, None));
        // "Roy denied it, but in a later interview said that he had".
        let joined = || {
            let and = outermost(line, np).governed?.checked_sub(1)?;
            // "And in the trade people said": they do.
            let joins = matches!(line.fold(and), "and" | "but")
                && and > 0
                && !line.is_adp(and - 1)
                && !line.is_animate(np.head);
            joins.then(|| coordinated(line, and, depth)).flatten()
        };
        return modified.or(climbed).or_else(joined);
    }
    None
}

/// The subject before an aside that closes at item `close` (a comma or a dash).
fn aside(line: &Line<'_>, close: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let same = |i: usize| {
        if line.is_comma(close) {
            line.is_comma(i)
        } else {
            line.is_dash(i)
        }
    };
    let mut fallback = None;
    for open in (close.saturating_sub(MAX_ASIDE).max(1)..close)
        .rev()
        .filter(|i| same(*i))
    {
        let mut np_end = open;
        if matches!(line.fold(open - 1), ")" | "]") {
            np_end = (0..open - 1)
                .rev()
                .find(|i| matches!(line.fold(*i), "(" | "["))
                .unwrap_or(open);
        }
        // "The author of “We Are Not Leaving”, Amara Diallo, said".
        let titled = np_end
            .checked_sub(2)
            .filter(|of| line.is_quote(of + 1) && line.is_adp(*of))
            .and_then(|of| line.np_ending_at(of));
        // "James Brandt Jr., the director, said".
        let junior = np_end
            .checked_sub(1)
            .filter(|&end| is_junior(line, end))
            .and_then(|end| line.np_ending_at(end));
        let Some(np) = line.np_ending_at(np_end).or(titled).or(junior) else {
            continue;
        };
        if np.kind == NpKind::Relative && np_end == open {
            // "the leadership, who, on a call on Friday, criticized".
            return Some((np.items.clone(), antecedent_of(line, np.items.start)));
        }
        if np.kind == NpKind::Time || np.kind == NpKind::Relative {
            continue;
        }
        let Some((range, antecedent)) = with_phrases(line, np, np_end) else {
            continue;
        };
        let first = open + 1;
        // A comma before a coordinated clause or a quotation opens no aside, nor one inside a list of places.
        if line.classes(first).has(Classes::COORDINATOR) && !extent::restates(line, first, close)
            || ends_list(line, &range)
            || (first..close).any(|i| line.is_quote(i) && line.items[i].end - line.items[i].first > 12)
        {
            continue;
        }
        // "Slovakia, whose leader, Jan Brandt, called for it".
        let whose = range.start > 0
            && line.fold(range.start - 1) == "whose"
            && !(first..close).any(|i| line.is_predicate(i));
        let (clear, speaks) = (whose || opens_clause(line, range.start), may_speak(line, &range));
        let apposition = !line.classes(first).has(Classes::LINKING)
            && line
                .np_starting_at(first)
                .is_some_and(|np| !matches!(np.kind, NpKind::Relative | NpKind::Time | NpKind::Pronoun));
        let relative = extent::opens_relative(line, first);
        let modifier = matches!(
            line.tag(first),
            Tag::VerbIng | Tag::VerbPart | Tag::Adp | Tag::Num | Tag::Adv | Tag::Adj | Tag::Sconj
        ) || line.classes(first).has(Classes::NAME);
        // Agreed conventions for the source's extent: an apposition and a relative clause belong to it, with the
        // closing comma; an adverbial does not, unless it says what somebody is or where he comes from.
        let describes =
            apposition || relative && !extent::reports(line, first, close) || extent::describes(line, first);
        let dash = line.is_dash(close);
        let mut extent = if describes && !(dash && relative) {
            range.start..close + 1
        } else {
            range.start..open
        };
        // "Edd, an official in Arizona, which has a backlog, said": an apposition of an apposition.
        while let Some(outer) = extent::apposed(line, extent.start) {
            extent.start = outer;
        }
        if clear && speaks && (apposition || relative || modifier) {
            return Some((extent, antecedent));
        }
        // "The judges who struck down the laws, for instance, said": the phrase ends with a clause.
        if !clear
            && modifier
            && !apposition
            && !relative
            && let Some(start) = extent::postmodified(line, open)
        {
            return Some((start..open, None));
        }
        if fallback.is_none() && clear && (relative || modifier || apposition) {
            fallback = Some((range, antecedent));
        }
    }
    fallback.or_else(|| {
        // No aside opens: a stray comma between subject and verb ("Sen. Dale Roy (R-Ohio), said").
        let mut np_end = close;
        if matches!(line.fold(close.checked_sub(1)?), ")" | "]") {
            np_end = (0..close - 1)
                .rev()
                .find(|i| matches!(line.fold(*i), "(" | "["))?;
        }
        let np = line.np_ending_at(np_end).filter(|np| np.kind == NpKind::Name)?;
        with_phrases(line, np, np_end)
    })
}
