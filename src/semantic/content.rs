//! What a cue reports: where in its sentence the content begins and ends.

use std::ops::Range;

use crate::{
    semantic::{
        content_end::{
            MAX_ASIDE, behind_aside, clause_end, has_own_verb, infinitive, is_denied_infinitive, joins,
            phrase_end, quote_end, starts_clause,
        },
        cue::{self, Classes, CueVerb, Form},
        extent,
        fragment::{
            adds, behind_comma, behind_listener, behind_relative, behind_topic, goes_on_apart,
            is_because_subject, is_fragment, is_issued, is_time, is_to_do, is_while, is_whole, joins_command,
            left_content, opens_quantity, opens_with_adjunct, question_asked, sets_scene, stands_alone,
            trails, when_asked, writes_to,
        },
        frame::{ContentKind, Side},
        lexicon,
        line::{Line, NpKind},
        noun,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

pub(super) fn quotes_in(line: &Line<'_>, content: &[Range<usize>]) -> bool {
    line.items.iter().any(|x| {
        x.region.is_some()
            && content
                .iter()
                .any(|c| c.start <= x.first as usize && x.end as usize <= c.end)
    })
}

/// The content of an active cue: its token ranges, where it stands, how it is built.
pub(super) fn content_of(
    line: &Line<'_>,
    front: usize,
    after: usize,
    verb: CueVerb,
    inverted: bool,
) -> Option<(Vec<Range<usize>>, Side, ContentKind)> {
    // "Who will pay? he asked."
    // "said Okoro, who believes it": a relative clause has no content before it.
    let left_open = front > 0
        && line.fold(front) != "who"
        && (line.is_quote(front - 1)
            || line.is_comma(front - 1)
            || line.is_dash(front - 1)
            || matches!(line.fold(front - 1), "?" | "!"));
    let left_quote = front > 0
        && (line.is_quote(front - 1) || front > 1 && line.is_comma(front - 1) && line.is_quote(front - 2));
    // "As Okoro said, the plan failed."
    // "As Okoro told the Herald, the plan failed."
    let told = if front < line.len() && line.fold(front) == "as" && !line.is_comma(after) {
        skip_adjuncts(line, after, verb)
    } else {
        after
    };
    let after = if line.is_comma(told) { told } else { after };
    if !inverted && !left_quote && line.is_comma(after) && front < line.len() && line.fold(front) == "as" {
        let opens = front == 0
            || line.classes(front - 1).has(Classes::COORDINATOR) && (front == 1 || line.is_comma(front - 2));
        if opens && verb.classes.has(Classes::SPEECH) && !verb.classes.has(Classes::WEAK) {
            let rest = after + 1..clause_end(line, after + 1);
            return is_clause(line, rest.clone())
                .then(|| (vec![line.tokens(rest)], Side::After, ContentKind::Clause));
        }
    }
    let put = front < line.len()
        && line.fold(front) == "as"
        && line.fold(after) == "it"
        && is_putting(line.fold(after - 1));
    // "As a memo put it, the quay was closed."
    if put
        && line.is_comma(after + 1)
        && (front == 0 || front == 1 && line.classes(0).has(Classes::COORDINATOR))
    {
        let rest = after + 2..clause_end(line, after + 2);
        if !line.is_quote(rest.start) && is_clause(line, rest.clone()) {
            return Some((vec![line.tokens(rest)], Side::After, ContentKind::Clause));
        }
    }
    // "It is, as Okoro put it, “a mess”": only the words in marks are put so.
    let next = after + 1 + usize::from(line.is_comma(after + 1));
    if put && !left_quote && line.is_quote(next) {
        return Some((
            vec![line.tokens(next..next + 1)],
            Side::After,
            ContentKind::Quotation,
        ));
    }
    // "…, as a memo put it."
    if left_open && put {
        let left = left_content(line, front);
        let kind = if left.len() == 1 {
            ContentKind::Quotation
        } else {
            ContentKind::Clause
        };
        return (!left.is_empty()).then(|| (vec![line.tokens(left)], Side::Before, kind));
    }
    let right = skip_adjuncts(line, after, verb);
    let left = left_content(line, front);
    let right_content = right_content(line, right, verb);
    let can_trail = verb.classes.has(Classes::SPEECH.and(Classes::THAT))
        && !(verb.classes.has(Classes::WEAK) && !(left_quote && left.len() == 1));
    // "“It is late,” she said, asking them to “go”": a participle looks ahead.
    let ahead = verb.form == Form::Ing && right_content.is_some();
    let closes = line.is_stop(right) || right >= line.len() || line.fold(right) == ";";
    // "…, wrote Okoro, the director, on Facebook."
    let closes = closes
        || inverted
            && line.is_comma(right)
            && line.is_adp(right + 1)
            && line.is_stop(skip_adjuncts(line, right + 1, verb));
    // "The quay is safe, the survey found.": what documents do may trail only where the sentence ends with it.
    let learned = matches!(line.fold(after - 1), "learned" | "learnt" | "understands");
    let can_trail = can_trail
        || closes
            && (verb.classes.has(Classes::DATA) || learned)
            && verb.classes.has(Classes::THAT)
            && (matches!(verb.form, Form::Past | Form::Present) || line.tag(after - 1) == Tag::VerbPres);
    if left_open && can_trail && !left.is_empty() && !ahead {
        let comma = line.is_comma(right) || line.is_dash(right);
        let quote_right = line.is_quote(right) || comma && line.is_quote(right + 1);
        if quote_right && left_quote {
            let q = if line.is_quote(right) { right } else { right + 1 };
            let mut ranges = vec![line.tokens(left)];
            ranges.push(line.tokens(q..q + 1));
            return Some((ranges, Side::Around, ContentKind::Quotation));
        }
        let weak = verb.classes.has(Classes::WEAK);
        // "…, and as Okoro went on about “…,” Brandt said yes": what she said stands behind.
        let answers = left.len() > 1 && line.tag(right) == Tag::Intj;
        if left_quote
            && !(weak && left.len() > 1)
            && !answers
            && !matches!(line.fold(right), "that" | "whether")
        {
            let kind = if left.len() == 1 {
                ContentKind::Quotation
            } else {
                ContentKind::Clause
            };
            return Some((vec![line.tokens(left)], Side::Before, kind));
        }
        // "Eels and elvers impact the cost, said Okoro": the tagger takes some plural verbs for infinitives.
        let bare = inverted && verb.plain && left.len() > 3 && left.clone().any(|i| line.is_verb(i));
        let strong = !weak && verb.classes.has(Classes::SPEECH) && verb.form != Form::Ing;
        let stops = closes && right < line.len();
        if closes && (bare || is_clause(line, left.clone())) && !sets_scene(line, &left)
            || strong && stops && is_fragment(line, &left, true)
            || strong && trails(line, right) && is_whole(line, &left)
        {
            return Some((vec![line.tokens(left)], Side::Before, ContentKind::Clause));
        }
        if comma && !quote_right {
            // "The offer, Hartmann added, was not serious": the frame stands inside one clause.
            let right = behind_aside(line, &left, right);
            let rest = right + 1..clause_end(line, right + 1);
            let next = right + 1;
            let goes_on = !line
                .classes(next)
                .has(Classes::COORDINATOR.and(Classes::RELATIVE))
                && line.tag(next) != Tag::VerbIng
                && !line.classes(next).has(Classes::SUBORDINATOR);
            // "And so, he said, while many were horrified, they stayed".
            let goes_on = goes_on
                || left.len() <= 2 && line.classes(next).has(Classes::SUBORDINATOR)
                || joins(line, next)
                || adds(line, next);
            let command = strong && is_fragment(line, &left, false) && joins_command(line, next);
            if (goes_on || command)
                && rest.start < rest.end
                && (is_clause(line, left.clone())
                    || command
                    || (left.len() <= 2 || opens_with_adjunct(line, &left) || is_time(line, &left))
                        && (line.np_starting_at(next).is_some()
                            || line.is_adp(next)
                            || line.classes(next).has(Classes::SUBORDINATOR))
                        && is_clause(line, rest.clone())
                    || line.is_aux(next)
                    || line.is_verb(next)
                    || line.is_adverb(next)
                    || line.is_quote(next))
            {
                return Some((
                    vec![line.tokens(left), line.tokens(rest)],
                    Side::Around,
                    ContentKind::Clause,
                ));
            }
            if is_clause(line, left.clone()) {
                return Some((vec![line.tokens(left)], Side::Before, ContentKind::Clause));
            }
        }
    }
    if inverted {
        // "said Hartmann: “…”", or a content that stands in the sentence before.
        if let Some((range, kind)) = right_content {
            return Some((vec![line.tokens(range)], Side::After, kind));
        }
        return Some((Vec::new(), Side::Before, ContentKind::Quotation));
    }
    match right_content {
        Some((range, kind)) => Some((vec![line.tokens(range)], Side::After, kind)),
        // "he said." alone: what he said is for the next stage to look for.
        None if verb.classes.has(Classes::SPEECH)
            && (line.is_stop(right)
                || line.fold(right) == ":" && right + 1 == line.len()
                || goes_on_apart(line, right)) =>
        {
            Some((Vec::new(), Side::Before, ContentKind::Quotation))
        }
        None => None,
    }
}

/// Whether a verb says with "it" how somebody puts something.
pub(super) fn is_putting(word: &str) -> bool {
    matches!(word, "put" | "puts" | "phrased" | "phrases" | "framed" | "frames")
}

/// Whether the items hold a finite verb, so that they can be a clause, or a quotation.
pub(super) fn is_clause(line: &Line<'_>, items: Range<usize>) -> bool {
    items
        .clone()
        .any(|i| line.tag(i).is_finite() || line.is_aux(i) || line.is_contraction(i) || line.is_quote(i))
        && items.len() > 1
        || items.len() == 1 && line.is_quote(items.start)
}

/// Where the content can begin after a cue: behind particles, adverbs, the person addressed, times and places.
fn skip_adjuncts(line: &Line<'_>, from: usize, verb: CueVerb) -> usize {
    let mut at = from;
    let mut addressed = false;
    loop {
        if line.is_quote(at) || at >= line.len() {
            return at;
        }
        // "Said more would follow".
        let subject = line.is_aux(at + 1) && matches!(line.fold(at), "more" | "most" | "less" | "much");
        // "Thinks so": it stands for what is thought.
        let so = line.fold(at) == "so" && verb.classes.has(Classes::THAT) && stands_alone(line, at);
        // "Said no to it", and "added, that".
        let no = verb.plain && line.fold(at) == "no" && line.fold(at + 1) == "to";
        if so || no {
            return at;
        }
        if line.is_comma(at) && line.fold(at + 1) == "that" && line.tag(at + 1) == Tag::Sconj {
            return at + 1;
        }
        if let Some(that) = when_asked(line, at).filter(|_| verb.classes.has(Classes::THAT)) {
            return that;
        }
        let denied = verb.classes.has(Classes::INFINITIVE) && is_denied_infinitive(line, at);
        // "Said only the council could do it", but "said only that".
        let subject = subject || line.fold(at) == "only" && starts_clause(line, at + 1);
        if line.is_adverb(at)
            && !line.classes(at).has(Classes::QUESTION)
            && !subject
            && !denied
            && !is_because_subject(line, at)
        {
            at += 1;
            continue;
        }
        // "Voted 5-2 to stay".
        if line.tag(at) == Tag::Num && matches!(line.fold(at + 1), "-" | "–") && line.tag(at + 2) == Tag::Num
        {
            at += 3;
            continue;
        }
        if let Some(np) = line.np_starting_at(at) {
            // "Said each year of school counts", "said the winter had been long": a time that is the subject.
            let counts = line.fold(np.items.end) == "of"
                || line.fold(at) == "the"
                    && (line.tag(np.items.end).is_finite() || line.is_aux(np.items.end));
            if np.kind == NpKind::Time && !counts {
                at = np.items.end;
                continue;
            }
            // "Announced two days earlier that".
            let ago = matches!(line.fold(np.items.end), "ago" | "earlier" | "before" | "later")
                && lexicon::english().is(WordSet::TimeUnit, line.fold(np.head))
                && !starts_clause(
                    line,
                    np.items.end + 1 - usize::from(line.fold(np.items.end) != "before"),
                );
            if ago {
                at = np.items.end + 1;
                continue;
            }
            // "Urged both sides to talk": who is to do it is part of what was urged.
            let asked = verb.classes.has(Classes::INFINITIVE)
                && is_to_do(line, extent::extend_right(line, np, false));
            // "Warned the crisis could last years": whoever has a verb behind is the subject of what was said.
            let subject = np.kind != NpKind::Relative && line.fold(at) != "what" && {
                let end = extent::extend_right(line, np, false);
                let verb = (end..line.len()).find(|i| !line.is_adverb(*i)).unwrap_or(end);
                line.is_aux(verb) || matches!(line.tag(verb), Tag::VerbPast | Tag::VerbPres)
            };
            // "Told the BBC staff had been crying": whoever is told something stands before it.
            let told = matches!(
                line.fold(from.wrapping_sub(1)),
                "told" | "tells" | "tell" | "telling"
            );
            if subject
                && told
                && !addressed
                && let Some(behind) = behind_listener(line, np)
            {
                return behind;
            }
            // "Urged caution", "ordered a review": what cannot listen is what was urged.
            let deaf = || np.kind == NpKind::Common && !line.may_speak(np);
            let thing = verb.classes.has(Classes::NOUN_CONTENT) && (line.is_bare_thing(np) || deaf());
            let person = (verb.classes.has(Classes::ADDRESSEE) || writes_to(line, from, np))
                && !addressed
                && !asked
                && !subject
                && !thing;
            if person && np.kind != NpKind::Relative && !(np.items.len() == 1 && line.fold(at) == "what") {
                addressed = true;
                at = extent::extend_right(line, np, false);
                continue;
            }
        }
        let preposition = line.fold(at);
        let says = verb.classes.has(Classes::SPEECH) && !verb.classes.has(Classes::WEAK);
        if let Some(colon) = behind_topic(line, at).filter(|_| says) {
            return colon;
        }
        let adjunct = line.classes(at).has(Classes::ADJUNCT);
        let content_word = verb.hands_over(preposition)
            || matches!(preposition, "of" | "about" | "for")
            || opens_quantity(line, at);
        // "Called on Monday for".
        let time = line
            .np_starting_at(at + 1)
            .is_some_and(|np| np.kind == NpKind::Time);
        let content_word = content_word && !time;
        if adjunct && !content_word && infinitive(line, at).is_none() {
            if let Some(np) = line.np_starting_at(at + 1) {
                let end = extent::extend_right(line, np, false);
                // "Spoke to reporters about the plan".
                let end = (np.items.end..end)
                    .find(|i| matches!(preposition, "to" | "with") && verb.hands_over(line.fold(*i)))
                    .unwrap_or(end);
                // "Said in a statement released by the bank that".
                let end = match line.np_starting_at(end + 2) {
                    Some(agent) if is_issued(line, end) => extent::extend_right(line, agent, false),
                    _ => end,
                };
                // "said in an interview with the BBC that": the phrase is left out, unless it is all there is.
                at = behind_relative(line, end).unwrap_or(end);
                continue;
            }
            if line.tag(at + 1) == Tag::VerbIng {
                return at;
            }
        }
        // "said – as the Herald reported – “…”"
        if line.is_dash(at) {
            let close = (at + 1..line.len().min(at + 14)).find(|i| line.is_dash(*i));
            let goes_on = |c: &usize| line.is_quote(c + 1) || matches!(line.fold(c + 1), "that" | "whether");
            if let Some(close) = close.filter(|c| goes_on(c) && !line.is_quote(at + 1)) {
                return close + 1;
            }
        }
        if line.is_comma(at) {
            // An aside before the content: ", in a statement, that".
            if let Some(close) = (at + 1..line.len().min(at + 14)).find(|i| line.is_comma(*i)) {
                let next = close + 1;
                let placed = line.is_adp(at + 1) || line.classes(at + 1).has(Classes::ADJUNCT);
                let clear = || !(at + 1..close).any(|i| line.is_quote(i) || line.tag(i).is_finite());
                if matches!(line.fold(next), "that" | "whether") && !line.is_quote(at + 1)
                    || line.is_quote(next) && placed && clear()
                {
                    return next;
                }
            }
        }
        return at;
    }
}

/// The content that begins at item `at`, if there is one.
fn right_content(line: &Line<'_>, at: usize, verb: CueVerb) -> Option<(Range<usize>, ContentKind)> {
    let mut at = at;
    // "Said, if elected, she would": a condition of what was said stands before it.
    if line.is_comma(at)
        && verb.classes.has(Classes::THAT)
        && !verb.classes.has(Classes::WEAK)
        && matches!(
            line.fold(at + 1),
            "if" | "when" | "unless" | "once" | "although" | "though" | "despite"
        )
        && let Some(close) = (at + 2..line.len().min(at + MAX_ASIDE)).find(|i| line.is_comma(*i))
        && starts_clause(line, close + 1)
        && !(at + 1..close).any(|i| line.is_quote(i))
    {
        return Some((at + 1..clause_end(line, close + 1), ContentKind::Clause));
    }
    if verb.plain
        && let Some(from) = behind_comma(line, at)
    {
        return Some((from..clause_end(line, from), ContentKind::Clause));
    }
    let colon = line.fold(at) == ":";
    if colon || line.is_comma(at) && line.is_quote(at + 1) {
        at += 1;
    }
    if line.is_stop(at) || at >= line.len() {
        return None;
    }
    if line.is_quote(at) {
        let end = quote_end(line, at);
        let kind = if end == at + 1 {
            ContentKind::Quotation
        } else {
            ContentKind::Phrase
        };
        return Some((at..end, kind));
    }
    if colon {
        return Some((at..clause_end(line, at), ContentKind::Clause));
    }
    let word = line.fold(at);
    // "Bristled when asked about it": when it was is no content.
    if word == "when" && cue::verb(line.fold(at + 1)).is_some_and(|v| v.classes.has(Classes::ADDRESSEE)) {
        return None;
    }
    let clause = verb.classes.has(Classes::THAT.and(Classes::SPEECH));
    // "Saying that nobody stayed": a determiner has a noun behind it.
    let conjunction = line.tag(at) != Tag::Det
        || matches!(word, "what" | "which")
        || word == "that" && line.np_starting_at(at + 1).is_some();
    if (word == "that" || line.classes(at).has(Classes::QUESTION)) && clause && conjunction {
        return Some((at..clause_end(line, at), ContentKind::Clause));
    }
    if let Some(infinitive) = infinitive(line, at).filter(|_| verb.classes.has(Classes::INFINITIVE)) {
        let next = infinitive + 1;
        // "Declined to say whether": saying is the cue, and the refusal belongs to it; "declined to speak on the record"
        // only refuses.
        let says = cue::verb(line.fold(infinitive)).is_some_and(|v| {
            let content = Classes::THAT.and(Classes::CALL).and(Classes::NOUN_CONTENT);
            let hands = !line.is_adp(next) || v.hands_over(line.fold(next)) || v.classes.has(content);
            hands && (!v.classes.has(Classes::WEAK) || v.classes.has(Classes::ATTITUDE))
        });
        let says = says && !line.is_stop(next) && !line.is_comma(next);
        let one = verb.classes.has(Classes::ATTITUDE) && !verb.promises(line.fold(infinitive));
        if verb.classes.has(Classes::REFUSAL) && says || one {
            return None;
        }
        return Some((at..clause_end(line, at), ContentKind::Infinitive));
    }
    if (verb.classes.has(Classes::INFINITIVE.and(Classes::CALL)) && verb.classes.has(Classes::ADDRESSEE)
        || verb.classes.has(Classes::INFINITIVE) && verb.classes.has(Classes::ATTITUDE))
        && let Some(np) = line.np_starting_at(at)
    {
        let end = extent::extend_right(line, np, false);
        // "Want all immigrants in the country illegally to be deported".
        const REACH: usize = 6;
        let plain = |i: &usize| !line.tag(*i).is_finite() && !line.is_comma(*i) && !line.is_quote(*i);
        let far = || {
            (end..line.len().min(end + REACH))
                .take_while(plain)
                .any(|i| infinitive(line, i).is_some_and(|v| line.is_aux(v)))
        };
        if is_to_do(line, end) || far() {
            return Some((at..clause_end(line, at), ContentKind::Infinitive));
        }
    }
    let end = clause_end(line, at);
    if line.is_comma(at) || at >= end || word == "for" && is_while(line, at + 1) {
        return None;
    }
    if verb.hands_over(word)
        && (line.np_starting_at(at + 1).is_some()
            || line.is_quote(at + 1)
            || line.tag(at + 1) == Tag::VerbIng
            || matches!(line.fold(at + 1), "having" | "being")
            || line.classes(at + 1).has(Classes::QUESTION))
    {
        return Some((at..phrase_end(line, at, end), ContentKind::Phrase));
    }
    // "Denied having met".
    if matches!(word, "having" | "being") && verb.classes.has(Classes::NOUN_CONTENT) {
        return Some((at..phrase_end(line, at, end), ContentKind::Phrase));
    }
    let np = line.np_starting_at(at);
    // "Roy said the rumor spread fast": a form that the tagger takes for a participle may be the verb behind its subject.
    let bare = np.is_some_and(|np| {
        np.items.end < end
            && matches!(line.tag(np.items.end), Tag::VerbBase | Tag::VerbPart)
            && line.fold(np.items.end + 1) != "by"
    });
    let has_verb = bare
        || (at..end).any(|i| {
            !line.is_quote(i) && (line.tag(i).is_finite() || line.is_aux(i) || line.is_contraction(i))
        });
    // "Sees these gains as proof that …": a verb far behind is no verb of this clause.
    let object = np.is_some()
        && !verb.plain
        && verb
            .classes
            .has(Classes::WEAK.and(Classes::CALL).and(Classes::NOUN_CONTENT))
        && !bare
        && !has_own_verb(line, at, end);
    if clause
        && has_verb
        && !object
        && (line.np_over(at).is_some()
            || line.is_adp(at)
            || line.is_quote(at)
            || line.classes(at).has(Classes::SUBORDINATOR)
            || line.tag(at) == Tag::VerbIng
            || line.is_adverb(at)
            || line.is_verb(at)
            || line.is_aux(at))
    {
        return Some((at..end, ContentKind::Clause));
    }
    if word == "so" && clause && stands_alone(line, at) {
        return Some((at..at + 1, ContentKind::Clause));
    }
    // "Four in ten said yes", "the mayor says so".
    if verb.plain && (!line.is_adp(at) || opens_quantity(line, at)) {
        return Some((at..end, ContentKind::Clause));
    }
    if let Some(end) = np.and_then(|np| question_asked(line, np, verb)) {
        return Some((at..end, ContentKind::Phrase));
    }
    let gerund = line.tag(at) == Tag::VerbIng && verb.classes.has(Classes::NOUN_CONTENT);
    // "Described how it fell", "ignored what they said".
    let gerund = gerund || line.classes(at).has(Classes::QUESTION) && !line.is_comma(at + 1);
    // "Quoted an official as saying": the official's report.
    let quoted = np
        .map(|np| extent::extend_right(line, np, false))
        .is_some_and(|as_| line.fold(as_) == "as" && line.tag(as_ + 1) == Tag::VerbIng);
    if quoted && cue::verb(line.fold(at.wrapping_sub(1))).is_some_and(|v| v.classes.has(Classes::SPEECH)) {
        return None;
    }
    // "Recommends at least two doses".
    let phrase = np.is_some() || opens_quantity(line, at);
    if verb.classes.has(Classes::CALL.and(Classes::NOUN_CONTENT)) && phrase || gerund {
        return Some((at..phrase_end(line, at, end), ContentKind::Phrase));
    }
    if verb.classes.has(Classes::PREPOSITION)
        && (line.is_adp(at) || word == "to")
        && infinitive(line, at).is_none()
        // "The dockers I spoke with | said", "the board he rails against."
        && !(line.tag(at + 1).is_finite() || line.is_aux(at + 1) || line.is_stop(at + 1) || line.is_comma(at + 1))
    {
        return Some((at..phrase_end(line, at, end), ContentKind::Phrase));
    }
    // "described as “…”", "urged them to": whatever follows, if a quotation is among it.
    // "Paid a million to stream “Seinfeld”": nothing is said by a verb of doing, however many marks stand behind it.
    let does = verb.classes.has(Classes::WEAK)
        && !verb
            .classes
            .has(Classes::CALL.and(Classes::NOUN_CONTENT).and(Classes::ATTITUDE));
    // But "puts it in a memo, “…”" and "drew a chorus of “…”" tell words.
    let puts = word == "it" && is_putting(line.fold(at.wrapping_sub(1)));
    let empty = verb.classes.has(Classes::LIGHT.and(Classes::LINK_VERB));
    let near = if empty { at } else { at + 3 };
    let reach = if does && !puts { near } else { end };
    let quote = (at..end)
        .find(|i| line.is_quote(*i))
        .is_some_and(|q| q < reach || (at..q).any(|i| line.classes(i).has(noun::NOUN_CUES)));
    // "what the mayor described as “…”": the preposition hands over.
    let from = at + usize::from(word == "as" && line.is_quote(at + 1));
    quote.then_some((from..end, ContentKind::Phrase))
}
