//! Tags of one sentence's items, mended where the sentence around a word says more than the tagger saw.

use crate::{
    base::word::TokenKind,
    semantic::{
        chunk::starts_name,
        cue::{self, Classes, CueVerb, Form},
        lexicon,
        line::{Line, is_animate},
        mend_verbs,
        mention::What,
        noun::{NOUN_CUES, is_described_behind},
        verb_group::is_reduced,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// Corrects the tags of a sentence.
pub(super) fn tags(line: &mut Line<'_>, name_starts: &[usize]) {
    // "Rep. Dale Roy, a Democrat, told": a shortened title goes with the name behind it, whatever the tagger
    // takes it for.
    for i in 0..line.len().saturating_sub(2) {
        let title = line.tags[i].is_noun() && line.shape(i) == Shape::Capital;
        if title && line.tags[i + 2] == Tag::Propn && line.fold(i + 1) == "." {
            let first = line.items[i].first as usize;
            if lexicon::english().title_at(&line.local.tokens, first).is_some() {
                line.tags[i] = Tag::Propn;
            }
        }
    }
    // "Will called for it": a name, where no auxiliary could stand.
    if line.fold(0) == "will" && matches!(line.tag(1), Tag::VerbPast | Tag::VerbPart) {
        line.tags[0] = Tag::Propn;
        line.tags[1] = Tag::VerbPast;
    }
    inside_names(line);
    mend_verbs::single_names(line);
    // "Outside court, his wife said": a word of place that the tagger takes for what it is the place of.
    if matches!(line.fold(0), "outside" | "inside" | "opposite" | "alongside")
        && line.tag(0) != Tag::Adp
        && line.tag(1).is_noun()
        && line.is_comma(2)
    {
        line.tags[0] = Tag::Adp;
    }
    // "He’d support it".
    for i in 0..line.len() {
        if line.tags[i].is_verb() && line.is_contraction(i) {
            line.tags[i] = Tag::Pron;
            let modal = line.fold(i).ends_with('d') || line.fold(i).ends_with('l');
            if modal && line.tag(i + 1) == Tag::Noun && cue::verb(line.fold(i + 1)).is_some() {
                line.tags[i + 1] = Tag::VerbBase;
            }
        }
    }
    // "who has died aged 91": an age is nobody.
    for i in 1..line.len() {
        if line.kind(i) == TokenKind::Number && line.fold(i - 1) == "aged" {
            line.tags[i - 1] = Tag::Adv;
            line.tags[i] = Tag::Adv;
        }
    }
    // The first word of a sentence has its capital anyway, and the tagger may not know it. It is a name where
    // the names stage sees one, or where it looks like a call ("Okoro, quoting …") and is no word of that kind.
    if line.shape(0) == Shape::Capital {
        let seen = starts_name(line, 0, name_starts);
        let mended = match line.tags[0] {
            Tag::Intj => seen || !line.classes(0).has(Classes::INTERJECTION),
            Tag::X
            | Tag::Noun
            | Tag::NounPl
            | Tag::Adv
            | Tag::VerbBase
            | Tag::VerbIng
            | Tag::VerbPast
            | Tag::Sconj => seen,
            _ => false,
        };
        if mended {
            line.tags[0] = Tag::Propn;
        }
    }
    if is_name_in_ing(line) {
        line.tags[0] = Tag::Propn;
    }
    // "Said Hartmann, “…”".
    if line.fold(0) == "said" && line.tag(1) == Tag::Propn && line.items.iter().any(|x| x.region.is_some()) {
        line.tags[0] = Tag::VerbPast;
    }
    // "Boreing said": a capital and a verb of saying make a name of what the tagger takes for a verb; and so does a
    // capital that is no word of English before any verb ("Yaqob accused").
    if line.shape(0) == Shape::Capital {
        let verb = line.tags[0].is_verb() && line.tag(1).is_finite() && says(line, 1);
        let closed = matches!(line.tags[0], Tag::Sconj | Tag::Cconj | Tag::Adp | Tag::Det);
        let behind = 1 + usize::from(line.is_adverb(1));
        let strange = closed && line.tag(behind).is_finite() && !is_common_word(line.fold(0));
        // "Husted continued": two participles make no sentence.
        let participle = matches!(line.tags[0], Tag::VerbPart | Tag::VerbPast)
            && matches!(line.tag(1), Tag::VerbPart | Tag::VerbPast)
            && cue::verb(line.fold(1)).is_some_and(|v| v.form == Form::Past)
            && !is_common_word(line.fold(0));
        if participle {
            line.tags[1] = Tag::VerbPast;
        }
        if verb || strange || participle {
            line.tags[0] = Tag::Propn;
        }
    }
    joined_nouns(line);
    for i in 0..line.len() {
        mend(line, i);
        hoping(line, i);
    }
    mend_verbs::verbs(line);
    near_quotations(line);
    only_verb(line);
}

/// "Playing Field Promotions, a talent agency, says": whether the first word goes with the names behind it, which have a
/// verb of saying right there or behind what they are.
fn is_name_in_ing(line: &Line<'_>) -> bool {
    const REACH: usize = 14;
    let end = (1..line.len())
        .find(|i| line.tag(*i) != Tag::Propn)
        .unwrap_or(line.len());
    if line.tag(0) != Tag::VerbIng || line.shape(0) != Shape::Capital || end < 3 {
        return false;
    }
    let apposed = line.is_comma(end) && matches!(line.fold(end + 1), "a" | "an" | "the");
    let plain = |i: &usize| !line.tag(*i).is_finite() && !line.is_aux(*i) && !line.is_quote(*i);
    let close = (end + 1..line.len().min(end + REACH))
        .take_while(plain)
        .find(|i| line.is_comma(*i))
        .filter(|_| apposed);
    let verb = close.map_or(end, |c| c + 1);
    line.tag(verb).is_finite() && says(line, verb)
}

/// "Start-up says it can": a verb and its particle, joined by a hyphen at the head of a sentence, are one noun.
fn joined_nouns(line: &mut Line<'_>) {
    let joined = line.fold(1) == "-" && !line.is_dash(1);
    let particle = matches!(
        line.fold(2),
        "up" | "off" | "out" | "over" | "down" | "back" | "away" | "in" | "on" | "by"
    );
    let verb = line.tag(0).is_verb() && line.tag(0) != Tag::VerbIng;
    let predicate = line.tag(3).is_finite() || line.is_aux(3) || line.tag(3) == Tag::NounPl && says(line, 3);
    if joined && particle && predicate && (verb || line.tag(0).is_noun() || line.tag(0) == Tag::Propn) {
        line.tags[0] = Tag::Noun;
        line.tags[2] = Tag::Noun;
        if line.tags[3] == Tag::NounPl {
            line.tags[3] = Tag::VerbPres;
        }
    }
}

/// "His wife, Doreen, rolls her eyes.": in a sentence without a tense, what looks like a plural right behind somebody's
/// given name, and has before it what only a verb has behind it, is what that person does.
fn only_verb(line: &mut Line<'_>) {
    if (0..line.len()).any(|i| line.tag(i).is_finite() || line.is_aux(i)) {
        return;
    }
    let acts = |i: &usize| {
        let i = *i;
        if line.tag(i) != Tag::NounPl || line.shape(i) != Shape::Lower || !line.fold(i).ends_with('s') {
            return false;
        }
        // Behind an apposition: its second comma.
        let apart = line.is_comma(i - 1);
        let last = if apart { i.saturating_sub(2) } else { i - 1 };
        let first = (0..=last).rev().take_while(|k| line.tag(*k) == Tag::Propn).last();
        let named = first.is_some_and(|k| {
            lexicon::english().given(line.fold(k)).is_some()
                && (!apart && k == 0 || k > 1 && line.is_comma(k - 1) == apart)
        });
        let behind = line.classes(i + 1).has(Classes::POSSESSIVE)
            || line.tag(i + 1) == Tag::Det
            || line.is_adverb(i + 1)
            || line.is_stop(i + 1)
            || line.is_adp(i + 1) && line.fold(i + 1) != "of";
        named && behind && !line.is_animate(i)
    };
    if let Some(i) = (1..line.len()).find(acts) {
        line.tags[i] = Tag::VerbPres;
    }
}

/// "Councillor Sioned Holm said": a word inside a name that ends like a verb. A headline whose only verb it would be is
/// left alone.
fn inside_names(line: &mut Line<'_>) {
    let like_verb = |line: &Line<'_>, i: usize| line.tag(i).is_verb() && line.shape(i) == Shape::Capital;
    if !(1..line.len()).any(|i| like_verb(line, i))
        || !(0..line.len()).any(|i| line.tag(i).is_finite() && line.shape(i) == Shape::Lower)
    {
        return;
    }
    for i in 1..line.len() {
        if !like_verb(line, i) {
            continue;
        }
        let token = line.items[i].first as usize;
        let candidates = &line.local.candidates;
        let from = candidates.partition_point(|c| c.tokens.end <= token);
        let named = candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start <= token)
            .any(|c| matches!(c.what, What::Name(_)) && c.tokens.len() > 1);
        if named {
            line.tags[i] = Tag::Propn;
        }
    }
}

/// Corrects the tag of item `i`, if it is one of the mistakes that newspaper English makes the tagger fall into.
fn mend(line: &mut Line<'_>, i: usize) {
    let next = |line: &Line<'_>| {
        (i + 1..line.len()).find(|k| !line.is_adverb(*k) && !line.classes(*k).has(Classes::TIME))
    };
    match line.tags[i] {
        // "Okoro, asked about it, said", "a man accused of theft told".
        Tag::VerbPast if is_reduced(line, i) => line.tags[i] = Tag::VerbPart,
        // "Okoro, meanwhile, told".
        Tag::Noun | Tag::X
            if line.is_comma(i + 1)
                && (i == 0 || line.is_comma(i - 1))
                && line.classes(i).has(Classes::LINKING) =>
        {
            line.tags[i] = Tag::Adv;
        }
        // "One official involved in the plan", "a Republican close to the talks": the noun that the rest describes.
        Tag::Adj if is_described_behind(line, i) => line.tags[i] = Tag::Noun,
        // "A super fund".
        Tag::Adv
            if line.fold(i) == "super" && (line.tag(i + 1).is_noun() || line.tag(i + 1) == Tag::Propn) =>
        {
            line.tags[i] = Tag::Adj;
        }
        // "Wealth-X says": what a hyphen joins to a name belongs to it.
        Tag::Noun | Tag::X
            if i > 1
                && line.fold(i - 1) == "-"
                && line.tag(i - 2) == Tag::Propn
                && matches!(line.shape(i), Shape::Capital | Shape::AllCaps | Shape::Initial) =>
        {
            line.tags[i] = Tag::Propn;
        }
        // "Amara Field has vowed", "…, Jolly said": a capital in the middle of a sentence.
        tag @ (Tag::Noun | Tag::Adv | Tag::Adj | Tag::VerbIng | Tag::Aux | Tag::Sconj)
            if i > 0 && line.shape(i) == Shape::Capital =>
        {
            let small = line.shape(i + 1) != Shape::Capital;
            let named =
                tag == Tag::Noun && line.tag(i - 1) == Tag::Propn && line.shape(i - 1) == Shape::Capital;
            let small_word = Classes::PERSONAL
                .and(Classes::RELATIVE)
                .and(Classes::QUANTIFIER)
                .and(Classes::QUANTITY)
                .and(Classes::ANIMATE);
            let says = tag != Tag::Noun
                && (line.is_comma(i - 1) || line.shape(i - 1) == Shape::Lower)
                && !line.classes(i).has(small_word)
                && !line.is_aux(i - 1)
                && is_past(line, i + 1)
                && says(line, i + 1);
            if named && small && !line.is_animate(i) || says {
                line.tags[i] = Tag::Propn;
            }
        }
        // "Harbour reports show that", "a Harbour poll out this week found": something written and no verb.
        Tag::VerbPres | Tag::VerbBase if i > 0 && is_written(line, i) => {
            line.tags[i] = if line.fold(i).ends_with('s') {
                Tag::NounPl
            } else {
                Tag::Noun
            };
        }
        // "Brandt aides believe", "Okoro insiders told": people and no verb.
        Tag::VerbPres if i > 0 && line.fold(i).ends_with('s') && line.is_animate(i) => {
            let modified = line.tags[i - 1] == Tag::Propn || line.tags[i - 1].is_noun();
            // "joined their U.S. counterparts to complain"
            let first = (i.saturating_sub(3)..i - 1)
                .rev()
                .find(|k| line.tags[*k] != Tag::Propn);
            let owned = first.is_some_and(|k| line.classes(k).has(Classes::POSSESSIVE));
            if modified && owned && line.fold(i + 1) == "to" {
                line.tags[i] = Tag::NounPl;
                return;
            }
            if let Some(verb) = next(line).filter(|_| modified) {
                if line.tags[verb].is_finite() || is_past(line, verb) || line.is_aux(verb) {
                    line.tags[i] = Tag::NounPl;
                } else if line.tags[verb] == Tag::VerbBase {
                    line.tags[i] = Tag::NounPl;
                    line.tags[verb] = Tag::VerbPres;
                }
            }
        }
        // "has long worried about", "has been warning that".
        tag @ (Tag::Adj | Tag::Noun) if i > 0 && line.shape(i) == Shape::Lower => {
            infinitive(line, i);
            if tag == Tag::Noun && is_plural_verb(line, i) {
                line.tags[i] = Tag::VerbPres;
                return;
            }
            let Some(aux) = (0..i).rev().find(|k| !line.is_adverb(*k)) else {
                return;
            };
            if line.tags[aux] != Tag::Aux && !line.tags[aux].is_verb() {
                return;
            }
            let Some(form) = line.verb(i).map(|v| v.form) else {
                return;
            };
            if tag == Tag::Adj && form == Form::Past && line.classes(aux).has(Classes::HAVE) {
                line.tags[i] = Tag::VerbPart;
                line.tags[aux] = Tag::Aux;
            } else if tag == Tag::Noun && form == Form::Ing && line.is_be(aux) && line.fold(i + 1) == "that" {
                line.tags[i] = Tag::VerbIng;
            }
        }
        // "The latest polling shows that", "a survey suggests he".
        Tag::NounPl if i > 0 && line.tags[i - 1].is_noun() => {
            let tells = line.verb(i).is_some_and(|v| {
                v.form == Form::Present && v.classes.has(Classes::DATA) && v.classes.has(Classes::THAT)
            });
            let clause = line.fold(i + 1) == "that" && !line.tag(i + 2).is_finite()
                || line.classes(i + 1).has(Classes::PERSONAL);
            if tells && clause && line.classes(i - 1).has(Classes::DOCUMENT) {
                line.tags[i] = Tag::VerbPres;
            }
        }
        // "Partisans on both sides warn that": the present of a plural looks like the infinitive.
        Tag::VerbBase if i > 0 && is_present(line, i) => line.tags[i] = Tag::VerbPres,
        _ => {}
    }
}

/// Whether item `i` is what somebody has written, behind a name, and has the verb of what it shows behind it.
fn is_written(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 6;
    let word = line.fold(i);
    let one = word.strip_suffix('s').unwrap_or(word);
    let document = cue::classes(one).has(Classes::DOCUMENT) && line.shape(i) == Shape::Lower;
    if !document || line.tags[i - 1] != Tag::Propn {
        return false;
    }
    let shows = |k: usize| {
        let data = cue::verb(line.fold(k)).is_some_and(|v| v.classes.has(Classes::DATA));
        data && (line.tag(k).is_finite() || line.tag(k) == Tag::VerbBase)
    };
    let behind = (i + 1..line.len().min(i + REACH))
        .take_while(|k| !line.is_comma(*k) && !line.is_quote(*k))
        .find(|k| line.tag(*k).is_finite() || line.is_verb(*k) || line.is_aux(*k));
    behind.is_some_and(shows)
}

/// "Guardian hopes that it will", "the couple worried that it would", "a tactic Democrats hope will work": a cue that the
/// tagger takes for a noun or an adjective, behind its subject and before what only a verb has behind it.
fn hoping(line: &mut Line<'_>, i: usize) {
    let tag = line.tag(i);
    if i == 0 || line.shape(i) != Shape::Lower || !(tag.is_noun() || tag == Tag::Adj) {
        return;
    }
    let Some(verb) = line.verb(i).filter(|v| v.classes.has(Classes::THAT)) else {
        return;
    };
    let before = line.tag(i - 1);
    let name = before == Tag::Propn;
    let that = line.fold(i + 1) == "that"
        && (line
            .classes(i + 2)
            .has(Classes::PERSONAL.and(Classes::POSSESSIVE))
            || matches!(line.tag(i + 2), Tag::Det | Tag::Propn | Tag::Num | Tag::Adj)
            || line.tag(i + 2).is_noun());
    // Another verb in a tense would be that of the noun: "the campaign claims that he made were false".
    let tenses = |from: usize, to: usize| {
        (from..to)
            .filter(|k| (line.tag(*k).is_finite() || line.is_aux(*k)) && !line.is_aux(k.wrapping_sub(1)))
            .count()
    };
    let first = (0..i)
        .rev()
        .find(|k| line.is_comma(*k) || line.is_quote(*k))
        .map_or(0, |k| k + 1);
    let alone = tenses(first, i) == 0 && tenses(i + 1, line.len()) == 1;
    let gap = line.classes(i + 1).has(Classes::MODAL) && (name || before == Tag::NounPl);
    // "A trend that the bank predicts will last".
    let relative = i > 3
        && line.tag(i - 2) == Tag::Det
        && line.fold(i - 3) == "that"
        && line.tag(i - 4).is_noun()
        && !line.classes(i - 4).has(NOUN_CUES);
    let gap = gap || relative && before == Tag::Noun && line.classes(i + 1).has(Classes::MODAL);
    let mended = match (tag, verb.form) {
        (Tag::NounPl, Form::Present) if name || before == Tag::Noun || line.is_comma(i - 1) => {
            // "Roy, a politician, hopes the vote will hold".
            let clause = line.is_comma(i - 1)
                && (0..i - 1).any(|k| line.is_comma(k))
                && (line
                    .classes(i + 1)
                    .has(Classes::PERSONAL.and(Classes::POSSESSIVE))
                    || matches!(line.tag(i + 1), Tag::Det | Tag::Propn));
            // "The union fears the plan would fail".
            let people = (name || is_animate(line.fold(i - 1)))
                && tenses(first, i) == 0
                && tenses(i + 1, line.len()) == 1
                && line.tag(i + 1) == Tag::Det
                && !line.classes(i - 1).has(Classes::POSSESSIVE)
                && line.fold(line.len() - 1) == "."
                && has_tense_behind_subject(line, i + 1);
            // "Roy, who runs again, hopes Halm will prove what they say".
            let named = clause && line.tag(i + 1) == Tag::Propn && tenses(i + 1, line.len()) > 0;
            // "Okoro hopes his win before the vote will lift him": no name is counted before an owner.
            let owner = name
                && line.classes(i + 1).has(Classes::POSSESSIVE)
                && tenses(first, i) == 0
                && tenses(i + 1, line.len()) > 0;
            (that || clause) && alone || named || people || owner || gap && (name || relative)
        }
        (Tag::Noun, Form::Base) if before == Tag::NounPl || name && line.fold(i - 1).ends_with('s') => gap,
        (Tag::Adj, Form::Past) if name || before.is_noun() => that && alone,
        _ => false,
    };
    if mended {
        line.tags[i] = if verb.form == Form::Past {
            Tag::VerbPast
        } else {
            Tag::VerbPres
        };
    }
}

/// Whether the few nouns that begin at item `i` have a verb in a tense right behind them.
fn has_tense_behind_subject(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 5;
    let verb = (i + 1..line.len().min(i + REACH))
        .find(|k| !line.tag(*k).is_noun() && !matches!(line.tag(*k), Tag::Propn | Tag::Adj | Tag::Num));
    verb.is_some_and(|k| k > i + 1 && (line.is_aux(k) || line.tag(k).is_finite()))
}

/// "Vowed to block it": a word behind the "to" of a verb that promises, and before an object, is a verb.
fn infinitive(line: &mut Line<'_>, i: usize) {
    let promises = i > 1
        && line.fold(i - 1) == "to"
        && line.is_verb(i - 2)
        && cue::verb(line.fold(i - 2)).is_some_and(|v| {
            v.classes.has(Classes::INFINITIVE) && v.classes.has(Classes::ATTITUDE) && !v.hands_over("to")
        });
    let object = matches!(
        line.tag(i + 1),
        Tag::Det | Tag::Propn | Tag::Pron | Tag::Adj | Tag::Num
    ) || line.tag(i + 1).is_noun();
    // "Vowed to appeal."
    let alone = line.tag(i) == Tag::Noun
        && line.is_stop(i + 1)
        && !["ion", "ment", "ity", "ness", "ism", "ure"]
            .iter()
            .any(|end| line.fold(i).ends_with(end));
    // "Vowed to soldier on".
    let on = line.is_adp(i + 1) && line.fold(i + 1) != "of" && line.is_stop(i + 2);
    if promises && (object || on || alone) && line.shape(i) == Shape::Lower {
        line.tags[i - 1] = Tag::Part;
        line.tags[i] = Tag::VerbBase;
    }
}

/// "Organizers insist they", "32 % call themselves": a noun that is a cue verb right behind a plural or a share, and
/// before what only a verb has behind it.
fn is_plural_verb(line: &Line<'_>, i: usize) -> bool {
    let many = match line.tag(i - 1) {
        Tag::NounPl => true,
        Tag::Sym => line.fold(i - 1) == "%",
        Tag::Pron => matches!(line.fold(i - 1), "they" | "we" | "you" | "who"),
        _ => line.fold(i - 1) == "percent",
    };
    let object = match line.tag(i + 1) {
        Tag::Det => line.fold(i + 1) != "that",
        Tag::Pron => line.fold(i + 1) != "that" && line.fold(i + 1) != "who",
        Tag::Propn | Tag::VerbIng => true,
        Tag::Sconj => line.fold(i + 1) == "that",
        _ => line.is_comma(i + 1) && line.tag(i - 1) == Tag::Pron,
    };
    many && object && is_present(line, i)
}

/// Whether the base form at item `i` is the present of a plural subject before it, with nothing that lets or makes the
/// subject do it.
fn is_present(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 10;
    let tells = Classes::THAT.and(Classes::NOUN_CONTENT).and(Classes::CALL);
    let cue = line.verb(i).filter(|v| v.form == Form::Base);
    let cue = cue.is_some_and(|v| v.classes.has(tells));
    let Some(head) = (0..i).rev().find(|k| !line.is_adverb(*k)).filter(|_| cue) else {
        return false;
    };
    let mut plural = line.tags[head] == Tag::NounPl
        || matches!(line.tags[head], Tag::Sym | Tag::Pron)
        || line.fold(head) == "percent";
    for k in (head.saturating_sub(REACH)..=head).rev() {
        match line.tags[k] {
            Tag::NounPl => plural = true,
            Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Sym | Tag::Det => {}
            Tag::Pron if k == head => {}
            Tag::Adp if !line.is_aux(k) && line.fold(k) != "to" => {}
            Tag::Pron if line.classes(k).has(Classes::POSSESSIVE) => {}
            Tag::Cconj => return plural,
            Tag::Sconj => return plural && line.fold(k) != "for",
            _ if line.kind(k) == TokenKind::Possessive => {}
            _ => return plural && (line.is_comma(k) || line.fold(k) == "that" || line.is_quote(k)),
        }
        if k == 0 {
            return plural;
        }
    }
    false
}

/// Whether item `i` is the past of a cue verb, as a tense or where the tagger takes it for a participle.
fn is_past(line: &Line<'_>, i: usize) -> bool {
    let past = |v: &CueVerb| matches!(v.form, Form::Past | Form::Present);
    matches!(line.tag(i), Tag::VerbPast | Tag::VerbPres | Tag::VerbPart)
        && line.verb(i).as_ref().is_some_and(past)
}

/// Whether item `i` is a verb of saying that stands anywhere.
fn says(line: &Line<'_>, i: usize) -> bool {
    line.verb(i)
        .is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK))
}

/// "“…,” Conway notes.": behind a quotation a name and a word that can be a cue are subject and verb, also
/// where the tagger takes the word for a noun. A quotation seldom has another sort of neighbor.
fn near_quotations(line: &mut Line<'_>) {
    for i in 1..line.len() {
        // "familiar with her thinking say": behind an owner and before a verb it is a noun.
        if line.tags[i] == Tag::VerbIng
            && line.classes(i - 1).has(Classes::POSSESSIVE)
            && (line.tag(i + 1).is_finite()
                || line.is_aux(i + 1)
                || line.is_stop(i + 1)
                || line.tag(i + 1) == Tag::VerbBase)
        {
            line.tags[i] = Tag::Noun;
        }
        if !line.tags[i].is_noun() && line.tags[i] != Tag::VerbPart {
            continue;
        }
        // "…, a poll shows."
        let reports = line.verb(i).is_some_and(|v| {
            v.form == Form::Present && v.classes.has(Classes::THAT) && !v.classes.has(Classes::WEAK)
        });
        if reports
            && line.is_stop(i + 1)
            && line.tags[i - 1].is_noun()
            && is_animate(line.fold(i - 1))
            && (i.saturating_sub(6)..i)
                .rev()
                .find(|k| line.is_comma(*k))
                .is_some_and(|comma| line.tag(comma + 1) == Tag::Det)
        {
            line.tags[i] = Tag::VerbPres;
            continue;
        }
        let Some(verb) = line.verb(i).filter(|v| v.classes.has(Classes::SPEECH)) else {
            continue;
        };
        let mended = match verb.form {
            Form::Present => Tag::VerbPres,
            Form::Past => Tag::VerbPast,
            _ => continue,
        };
        let mut start = i;
        while start > 0
            && i - start < 5
            && (line.tags[start - 1] == Tag::Propn || line.fold(start - 1) == ".")
        {
            start -= 1;
        }
        if start == i && line.classes(i - 1).has(Classes::PERSONAL) {
            start = i - 1;
        }
        let after_quote = start > 0
            && (line.is_quote(start - 1)
                || line.is_comma(start - 1) && start > 1 && line.is_quote(start - 2));
        let ends = line.is_stop(i + 1)
            || line.is_comma(i + 1)
            || line.is_adp(i + 1)
            || line.is_adverb(i + 1)
            || line.tag(i + 1) == Tag::Part
            || line.is_quote(i + 1);
        let before_quote =
            line.is_quote(i + 1) || matches!(line.fold(i + 1), ":" | ",") && line.is_quote(i + 2);
        if start < i && (after_quote && ends || before_quote) {
            line.tags[i] = mended;
        }
    }
}
