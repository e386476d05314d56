//! Verbs that report, where the tagger takes them for nouns or for part of a name: "allies often questions | the plan",
//! "rabbis vow to", "continued to question". Each step asks for what only a verb has around it.

use crate::{
    semantic::{
        content_end::ends_inside_with_comma,
        cue::{self, Classes, CueVerb, Form},
        lexicon,
        line::{Line, is_animate},
        mention::What,
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// Corrects the tags of a sentence that the rest of the sentence tells better.
pub(super) fn verbs(line: &mut Line<'_>) {
    // "Neither wanted to stay".
    if line.tag(0) == Tag::Cconj
        && matches!(line.fold(0), "neither" | "both" | "either")
        && (line.tag(1).is_finite() || line.is_aux(1))
    {
        line.tags[0] = Tag::Pron;
    }
    for i in 1..line.len() {
        if line.is_quote(i) {
            continue;
        }
        if answers_back(line, i) {
            line.tags[i] = Tag::VerbPast;
            continue;
        }
        if let Some(tag) = mended(line, i) {
            line.tags[i] = tag;
            continue;
        }
        if in_series(line, i) {
            line.tags[i] = Tag::VerbPast;
        }
        if to_do(line, i) {
            line.tags[i] = Tag::Part;
            line.tags[i + 1] = Tag::VerbBase;
        }
    }
}

/// "Reed, along with two of his aides, said", "The plan is dead, Reed told reporters": a surname that ends like a participle.
pub(super) fn single_names(line: &mut Line<'_>) {
    for i in 0..line.len() {
        let past = matches!(line.tag(i), Tag::VerbPart | Tag::VerbPast) && line.shape(i) == Shape::Capital;
        if !past || !is_single_name(line, i) {
            continue;
        }
        let says = cue::verb(line.fold(i + 1)).is_some_and(|v| v.classes.has(Classes::SPEECH));
        let subject = line.is_comma(i + 1) || line.is_aux(i + 1) || says;
        let other = (i + 1..line.len()).any(|k| line.tag(k).is_verb() && line.shape(k) == Shape::Lower);
        if subject && other {
            line.tags[i] = Tag::Propn;
            // "Husted continued by saying": then what follows is what he does.
            if line.tag(i + 1) == Tag::VerbPart {
                line.tags[i + 1] = Tag::VerbPast;
            }
        }
    }
}

/// Whether the word at item `i` is a name by itself.
fn is_single_name(line: &Line<'_>, i: usize) -> bool {
    let Some(item) = line.items.get(i).filter(|x| x.region.is_none()) else {
        return false;
    };
    let token = item.first as usize;
    let candidates = &line.local.candidates;
    let from = candidates.partition_point(|c| c.tokens.start < token);
    candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start == token)
        .any(|c| c.tokens.len() == 1 && matches!(c.what, What::Name(_)))
}

fn mended(line: &Line<'_>, i: usize) -> Option<Tag> {
    // "In an op-ed".
    if line.tag(i) == Tag::VerbPart && line.fold(i) == "ed" && i > 1 && line.fold(i - 2) == "op" {
        return Some(Tag::Noun);
    }
    // "An official briefed on it said".
    let described = || lexicon::english().is(WordSet::DescribesBehind, line.fold(i + 1));
    if line.tag(i) == Tag::Adj && line.is_adp(i + 2) && described() && line.is_animate(i) {
        return Some(Tag::Noun);
    }
    // "“…,” said retired surgeon Ida Hook".
    if line.tag(i) == Tag::VerbPart && describes_holder(line, i) {
        return Some(Tag::Adj);
    }
    // "Officials in both cities".
    if line.tag(i) == Tag::Cconj
        && matches!(line.fold(i), "both" | "either" | "neither")
        && line.is_adp(i - 1)
        && line.tag(i + 1).is_noun()
    {
        return Some(Tag::Det);
    }
    // "The former Halm forward said".
    let player = line.tag(i) == Tag::Adv && line.tag(i - 1) == Tag::Propn && line.fold(i) == "forward";
    let acts = |k: usize| line.tag(k).is_finite() || line.is_aux(k) || line.is_comma(k);
    let club = |k: &usize| line.tag(*k) == Tag::Propn || line.fold(*k) == "and";
    let before = || (0..i).rev().find(|k| !club(k)).map(|k| line.tag(k));
    if player && acts(i + 1) && matches!(before(), Some(Tag::Det | Tag::Adj)) {
        return Some(Tag::Noun);
    }
    // "Today, advocates estimate there are": people and no verb.
    let people = line.tag(i) == Tag::VerbPres && line.fold(i).ends_with('s') && line.is_animate(i);
    let opens = || line.is_comma(i - 1) || matches!(line.fold(i - 1), "that" | "but" | "and");
    if people && opens() && (line.tag(i + 1) == Tag::VerbPres || line.tag(i + 1) == Tag::VerbPast) {
        return Some(Tag::NounPl);
    }
    // "It was late, fundraising documents show."
    if line.tag(i) == Tag::VerbIng && line.is_comma(i - 1) && line.tag(i + 1) == Tag::NounPl {
        let tells = cue::verb(line.fold(i + 2)).is_some_and(|v| {
            v.classes.has(Classes::THAT) && v.classes.has(Classes::SPEECH.and(Classes::DATA))
        });
        if tells && line.tag(i + 2).is_finite() && line.is_stop(i + 3) {
            return Some(Tag::Adj);
        }
    }
    // "recalls geologist Ida Holm": a trade before a name, behind a verb that a quotation stands before.
    if line.tag(i) == Tag::VerbPres
        && i > 1
        && line.is_quote(i - 2)
        && line.tag(i + 1) == Tag::Propn
        && is_animate(line.fold(i))
        && cue::verb(line.fold(i - 1)).is_some_and(|v| v.classes.has(Classes::SPEECH))
    {
        return Some(Tag::Noun);
    }
    // "Implored party delegates to unite".
    if people && line.fold(i + 1) == "to" && line.tag(i - 1).is_noun() {
        let asks = |k: usize| cue::verb(line.fold(k)).is_some_and(|v| v.classes.has(Classes::INFINITIVE));
        if (i.saturating_sub(4)..i).any(|k| line.tag(k).is_verb() && asks(k)) {
            return Some(Tag::NounPl);
        }
    }
    let verb = line.verb(i).filter(|_| line.shape(i) == Shape::Lower)?;
    // "They don’t really like Brandt".
    if line.fold(i) == "like" && line.tag(i) == Tag::Adp && opens_object(line, i + 1) {
        let aux = (0..i).rev().find(|k| !line.is_adverb(*k))?;
        let does = matches!(
            line.fold(aux),
            "dont" | "doesnt" | "didnt" | "do" | "does" | "did"
        );
        return does.then_some(Tag::VerbBase);
    }
    let noun = line.tag(i).is_noun();
    if noun && forecasts(line, i) {
        return Some(Tag::VerbPast);
    }
    if (noun || line.tag(i) == Tag::Adj)
        && verb.form == Form::Ing
        && (warns(line, i) || goes_on_saying(line, i, verb))
    {
        return Some(Tag::VerbIng);
    }
    let present = match verb.form {
        Form::Present if noun => {
            often(line, i)
                || fears(line, i, verb)
                || claims(line, i, verb)
                || implies(line, i, verb)
                || is_of_pronoun(line, i)
                || recalls(line, i, verb)
                || rejects(line, i)
        }
        Form::Base => {
            says_some(line, i, verb)
                || vows(line, i, verb)
                || cautions(line, i, verb)
                || cite(line, i)
                || is_no_noun(line, i)
        }
        _ => false,
    };
    present.then_some(Tag::VerbPres)
}

/// "Okoro shot back: “…”": a verb with its particle right before words in marks.
fn answers_back(line: &Line<'_>, i: usize) -> bool {
    if line.tag(i).is_finite() || line.shape(i) != Shape::Lower || line.fold(i + 1) != "back" {
        return false;
    }
    let says = cue::particle_verb(line.fold(i), |k| line.fold(i + 1 + k))
        .is_some_and(|(v, _)| v.form == Form::Past && v.classes.has(Classes::SPEECH));
    says && matches!(line.fold(i + 2), ":" | ",") && line.is_quote(i + 3)
}

/// Whether a participle behind a verb of saying or a preposition only tells more of whoever is named by office and name.
fn describes_holder(line: &Line<'_>, i: usize) -> bool {
    let says = cue::verb(line.fold(i - 1))
        .is_some_and(|v| v.classes.has(Classes::SPEECH) && v.form != Form::Ing)
        && i > 1
        && (line.is_quote(i - 2) || line.is_comma(i - 2));
    let holder =
        line.tag(i + 1) == Tag::Noun && is_animate(line.fold(i + 1)) && line.tag(i + 2) == Tag::Propn;
    holder && (says || line.is_adp(i - 1))
}

/// "The bank said it would be late, warning that it could default", "praising the plan but warning that it could fail": no
/// noun that can be counted stands there without an article.
fn goes_on_saying(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    let says = verb.classes.has(Classes::SPEECH) && verb.classes.has(Classes::THAT);
    let joined = matches!(line.fold(i - 1), "but" | "and") && (0..i).any(|k| line.tag(k) == Tag::VerbIng);
    let apart = line.is_comma(i - 1)
        || line.is_dash(i - 1)
        || line.is_quote(i - 1) && ends_inside_with_comma(line, i - 1)
        || joined;
    says && apart
        && line.fold(i + 1) == "that"
        && line.tag(i + 1) == Tag::Sconj
        && tenses(line, 0, i) > 0
        && tenses(line, i + 2, line.len()) > 0
}

/// "with Lena Holm of Strel warning that": what a name behind "with" or "and" does, where a thing's name has an article.
fn warns(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 8;
    let name = |k: usize| line.tag(k) == Tag::Propn || line.fold(k) == "of";
    let before = (i.saturating_sub(REACH)..i).rev().find(|k| !name(*k));
    line.fold(i + 1) == "that"
        && line.tag(i - 1) == Tag::Propn
        && before.is_some_and(|k| k + 1 < i && matches!(line.fold(k), "with" | "and"))
        && tenses(line, i + 2, line.len()) > 0
}

/// "She fears that", "Halm views itself as": behind a pronoun that stands alone there is no noun, and a name has itself for
/// the object of a verb only.
fn is_of_pronoun(line: &Line<'_>, i: usize) -> bool {
    let subject = matches!(line.fold(i - 1), "he" | "she" | "it" | "who") && line.tag(i - 1) == Tag::Pron;
    let itself =
        line.tag(i - 1) == Tag::Propn && matches!(line.fold(i + 1), "itself" | "himself" | "herself");
    subject && (i < 2 || !line.is_aux(i - 2)) || itself
}

/// "“It was luck,” recalls geologist Ida Holm": what opens behind a quotation that a comma ends, before whoever says it.
fn recalls(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    let quoted = line.is_quote(i - 1) || i > 1 && line.is_comma(i - 1) && line.is_quote(i - 2);
    let says = verb.classes.has(Classes::SPEECH) && !verb.classes.has(Classes::WEAK);
    let people = |k: usize| is_animate(line.fold(k));
    let part = |k: usize| matches!(line.tag(k), Tag::Det | Tag::Adj) || line.tag(k).is_noun() || people(k);
    let somebody = (i + 1..line.len().min(i + 5))
        .take_while(|k| part(*k))
        .find(|k| line.tag(*k) == Tag::Propn || people(*k));
    quoted && says && somebody.is_some()
}

/// "The bank forecast growth of 3 percent.": a sentence that would have no verb.
fn forecasts(line: &Line<'_>, i: usize) -> bool {
    let somebody = line.tag(i - 1) == Tag::Propn || line.tag(i - 1).is_noun() && is_animate(line.fold(i - 1));
    let object = line.tag(i + 1).is_noun()
        || matches!(line.tag(i + 1), Tag::Adj | Tag::Num)
        || opens_object(line, i + 1);
    line.fold(i) == "forecast"
        && somebody
        && object
        && tenses(line, 0, line.len()) == 0
        && line.fold(line.len() - 1) == "."
}

/// "…, a charge the Treasury rejects.": the noun that sums up has a clause behind it.
fn rejects(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 5;
    let part = |k: usize| matches!(line.tag(k), Tag::Propn | Tag::Det | Tag::Adj) || line.tag(k).is_noun();
    let sums_up = (i.saturating_sub(REACH)..i)
        .rev()
        .take_while(|k| part(*k))
        .find(|k| {
            *k > 1
                && matches!(line.fold(k - 1), "a" | "an")
                && (line.is_comma(k - 2) || line.is_dash(k - 2))
                && lexicon::english().is(WordSet::SumsUp, line.fold(*k))
        });
    let closes = line.is_stop(i + 1) || line.is_comma(i + 1);
    closes
        && sums_up
            .is_some_and(|k| k + 1 < i && matches!(line.tag(k + 1), Tag::Det | Tag::Propn | Tag::NounPl))
}

/// "…, a top aide implies.": the verb of somebody behind a comma, at the end.
fn implies(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    const REACH: usize = 5;
    let says = verb.classes.has(Classes::SPEECH)
        && verb.classes.has(Classes::THAT)
        && !verb.classes.has(Classes::WEAK);
    let comma = (i.saturating_sub(REACH)..i).rev().find(|k| line.is_comma(*k));
    let between = |c: usize| {
        (c + 1..i).all(|k| line.tag(k).is_noun() || matches!(line.tag(k), Tag::Adj | Tag::Det | Tag::Propn))
    };
    says && line.is_stop(i + 1)
        && line.tag(i - 1) == Tag::Noun
        && is_animate(line.fold(i - 1))
        && comma.is_some_and(|c| between(c) && tenses(line, 0, c) > 0)
}

/// "Residents cite jobs as top concerns": a headline has no other verb.
fn cite(line: &Line<'_>, i: usize) -> bool {
    if tenses(line, 0, line.len()) > 0 {
        return false;
    }
    let object = line.tag(i + 1).is_noun() || opens_object(line, i + 1);
    let people = line.tag(i - 1) == Tag::NounPl && is_animate(line.fold(i - 1));
    // "Women back him", "men under 35 support Brandt", "majorities of voters favor closing it".
    let one = line.classes(i + 1).has(Classes::OBJECT) || line.tag(i + 1) == Tag::Propn;
    let share = line.tag(i - 1) == Tag::Num && i > 2 && line.tag(i - 3) == Tag::NounPl;
    let doing = line.tag(i + 1) == Tag::VerbIng && (0..i).any(|k| line.tag(k) == Tag::NounPl);
    match line.tag(i) {
        Tag::Noun | Tag::Adj => people && object || share && one || doing && line.tag(i) == Tag::Noun,
        Tag::Adv => people && line.classes(i + 1).has(Classes::OBJECT),
        _ => false,
    }
}

/// "Election scholars caution that it means little": the noun would need a verb of its own.
fn cautions(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    line.tag(i) == Tag::Noun
        && verb.classes.has(Classes::THAT)
        && line.tag(i - 1) == Tag::NounPl
        && is_animate(line.fold(i - 1))
        && line.fold(i + 1) == "that"
        && (line.tag(i + 2).is_noun() || matches!(line.tag(i + 2), Tag::Adj | Tag::Det | Tag::Propn))
        && tenses(line, clause_start(line, i), i) == 0
        && tenses(line, i + 1, line.len()) == 1
}

/// "Dockers in general prefer not to": words that are no nouns.
fn is_no_noun(line: &Line<'_>, i: usize) -> bool {
    line.tag(i) == Tag::Noun
        && !matches!(line.tag(i - 1), Tag::Det | Tag::Pron)
        && line.fold(i - 1) != "to"
        && matches!(
            line.fold(i),
            "prefer"
                | "believe"
                | "argue"
                | "insist"
                | "admit"
                | "agree"
                | "explain"
                | "declare"
                | "speak"
                | "suggest"
                | "tell"
                | "deny"
                | "concede"
        )
}

/// "Brandt often questions the plan": an adverb between a name and its verb.
fn often(line: &Line<'_>, i: usize) -> bool {
    let named = |k: usize| {
        line.tag(k) == Tag::Propn || line.classes(k).has(Classes::PERSONAL) && line.tag(k) == Tag::Pron
    };
    i > 1 && line.tag(i - 1) == Tag::Adv && named(i - 2) && opens_object(line, i + 1)
}

/// "The party leadership fears that sweeping cuts would follow".
fn fears(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    let subject = matches!(line.tag(i - 1), Tag::Noun | Tag::Propn);
    subject
        && verb.classes.has(Classes::THAT)
        && line.fold(i + 1) == "that"
        && line.tag(i + 1) == Tag::Sconj
        && line.tag(i + 2) == Tag::VerbIng
        && line.tag(i + 3).is_noun()
        && tenses(line, clause_start(line, i), i) == 0
        && tenses(line, i + 1, line.len()) == 1
}

/// "A post on the site claims he was paid": the noun would need a verb of its own.
fn claims(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    let subject = matches!(line.tag(i - 1), Tag::Noun | Tag::Propn);
    let clause = line.classes(i + 1).has(Classes::PERSONAL)
        && line.fold(i + 1) != "one"
        && (line.tag(i + 2).is_finite() || line.is_aux(i + 2));
    subject
        && clause
        && verb.classes.has(Classes::THAT)
        && tenses(line, clause_start(line, i), i) == 0
        && tenses(line, i + 1, line.len()) == 1
        && line.fold(line.len() - 1) == "."
}

/// "The idea, say experts like Okoro, is old": the present of a plural behind it.
fn says_some(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    let says = verb.classes.has(Classes::SPEECH) && !verb.classes.has(Classes::WEAK);
    let some = (i + 1..line.len().min(i + 4)).find(|k| line.tag(*k) == Tag::NounPl);
    let plain = |k: usize| matches!(line.tag(k), Tag::Adj | Tag::Det | Tag::Noun | Tag::Propn);
    says && line.tag(i) == Tag::VerbBase
        && line.is_comma(i - 1)
        && some.is_some_and(|s| is_animate(line.fold(s)) && (i + 1..s).all(plain))
}

/// "Rabbis vow to boycott it", "ministers threaten to leave": a headline has no other verb.
fn vows(line: &Line<'_>, i: usize, verb: CueVerb) -> bool {
    let promises = verb.classes.has(Classes::INFINITIVE) && verb.classes.has(Classes::ATTITUDE);
    let many = match line.tag(i - 1) {
        Tag::NounPl => true,
        Tag::Propn => line.fold(i - 1).ends_with('s'),
        _ => line.is_comma(i - 1) && i > 1 && line.tag(i - 2) == Tag::Propn,
    };
    promises
        && many
        && !line.tag(i).is_finite()
        && line.fold(i + 1) == "to"
        && line.shape(i + 2) == Shape::Lower
        && !matches!(line.tag(i + 2), Tag::Det | Tag::Pron | Tag::Num)
        && tenses(line, 0, line.len()) == 0
}

/// Whether item `i` is the "to" of an infinitive whose verb the tagger takes for a noun: "continued to question the plan",
/// "urged the guild to process the claims".
fn to_do(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 6;
    let next = i + 1;
    let noun = matches!(line.tag(next), Tag::Noun | Tag::Propn);
    let lower = line.shape(next) == Shape::Lower;
    // "According to state records" has no verb.
    let verb = line.fold(i) == "to" && line.fold(i - 1) != "according";
    if !verb || !noun || !lower || !opens_object(line, next + 1) {
        return false;
    }
    let known = |k: usize| cue::verb(line.fold(k)).filter(|_| line.tag(k).is_verb());
    let form = cue::verb(line.fold(next)).map(|v| v.form);
    // "Continued to question": both are verbs that may report.
    if line.tag(i - 1).is_verb() && form == Some(Form::Base) {
        return known(i - 1).is_none_or(|v| !v.hands_over("to"));
    }
    let vowed = known(i - 1).is_some_and(|v| v.classes.has(Classes::INFINITIVE) && !v.hands_over("to"));
    // "Urged the guild to process": whoever is asked stands between.
    let part = |k: usize| {
        matches!(line.tag(k), Tag::Det | Tag::Adj | Tag::Num | Tag::Propn) || line.tag(k).is_noun()
    };
    let asked = (i.saturating_sub(REACH)..i)
        .rev()
        .find(|k| !part(*k))
        .filter(|k| *k + 1 < i)
        .and_then(known)
        .is_some_and(|v| {
            v.classes.has(Classes::INFINITIVE)
                && v.classes.has(Classes::ADDRESSEE.and(Classes::CALL))
                && !v.hands_over("to")
        });
    vowed || asked
}

/// "He mocked his rivals, cited a poll and called them weak": the middle one of three deeds, which the tagger takes for a
/// participle.
fn in_series(line: &Line<'_>, i: usize) -> bool {
    let participle = line.tag(i) == Tag::VerbPart && line.shape(i) == Shape::Lower;
    let past = cue::verb(line.fold(i)).is_some_and(|v| v.form == Form::Past);
    participle && past && opens_object(line, i + 1) && series_comma(line, i).is_some()
}

/// The comma before the verb at item `i`, where that is the middle one of three that share a subject.
pub(super) fn series_comma(line: &Line<'_>, i: usize) -> Option<usize> {
    const REACH: usize = 40;
    // "Claims that it is broke, says the board lied, and asserts that the minister knew".
    let present = line.tag(i) == Tag::VerbPres;
    let same = |k: usize| {
        let tense = if present {
            line.tag(k) == Tag::VerbPres
        } else {
            matches!(line.tag(k), Tag::VerbPast | Tag::VerbPart)
        };
        tense && !line.is_aux(k)
    };
    let comma = (0..i)
        .rev()
        .find(|k| !line.is_adverb(*k))
        .filter(|c| line.is_comma(*c))?;
    let first = (comma.saturating_sub(REACH)..comma)
        .rev()
        .find(|k| same(*k) && line.tag(*k) != Tag::VerbPart)?;
    let clear = |k: &usize| !line.is_comma(*k) && !line.is_stop(*k) && line.fold(*k) != ";";
    let plain = (first..comma).all(|k| clear(&k));
    let last = (i + 1..line.len().min(i + REACH))
        .take_while(|k| line.fold(*k) != ";" && !line.is_stop(*k))
        .find(|k| {
            matches!(line.fold(*k), "and" | "or")
                && same((k + 1..line.len()).find(|v| !line.is_adverb(*v)).unwrap_or(*k))
        });
    (plain && last.is_some()).then_some(comma)
}

/// Whether an object begins at item `i` that stands behind no noun.
fn opens_object(line: &Line<'_>, i: usize) -> bool {
    matches!(line.tag(i), Tag::Det | Tag::Propn | Tag::Num)
        || line.tag(i) == Tag::Pron && line.fold(i) != "that" && line.fold(i) != "who"
        || line.tag(i) == Tag::Adj && line.tag(i + 1).is_noun()
}

/// Where the clause begins that item `i` stands in: behind the last comma or quotation.
fn clause_start(line: &Line<'_>, i: usize) -> usize {
    let mark = (0..i).rev().find(|k| line.is_comma(*k) || line.is_quote(*k));
    mark.map_or(0, |k| k + 1)
}

/// How many verbs in a tense stand in some items, each counted with its auxiliaries as one.
fn tenses(line: &Line<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .filter(|k| (line.tag(*k).is_finite() || line.is_aux(*k)) && !line.is_aux(k.wrapping_sub(1)))
        .count()
}
