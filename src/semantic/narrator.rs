//! Where the narrator goes on behind what somebody said, with what he tells of the report himself.

use crate::{
    semantic::{
        content::is_putting,
        content_end::{last_inside, last_stop, starts_clause},
        cue::{self, Classes, Form},
        lexicon,
        line::{Line, NpKind},
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Whether the narrator goes on at item `i` with what he tells of the report as a whole.
pub(super) fn narrates(line: &Line<'_>, i: usize) -> bool {
    sums_up(line, i) || goes_on_in_headline(line, i) || leads_to_deed(line, i)
}

/// "… had left early, a claim that Roy denies", "a move she called late": the comma before a noun that sums up what was
/// said, and a clause that tells of it.
fn sums_up(line: &Line<'_>, i: usize) -> bool {
    if !(line.is_comma(i) || line.is_dash(i)) || !matches!(line.fold(i + 1), "a" | "an") {
        return false;
    }
    let Some(np) = line.np_starting_at(i + 1) else {
        return false;
    };
    let next = np.items.end;
    let relative = matches!(line.fold(next), "that" | "which") && !line.is_stop(next + 1);
    lexicon::english().is(WordSet::SumsUp, line.fold(np.head)) && (relative || starts_clause(line, next))
}

/// "Residents vow to fight on | as council backs homes": in a headline, what others do meanwhile.
fn goes_on_in_headline(line: &Line<'_>, i: usize) -> bool {
    if line.fold(i) != "as" || !is_headline(line) {
        return false;
    }
    let Some(np) = line.np_starting_at(i + 1) else {
        return false;
    };
    let acts = matches!(np.kind, NpKind::Name | NpKind::Common) && line.may_speak(np);
    let verb = np.items.end;
    acts && matches!(line.tag(verb), Tag::VerbPres | Tag::VerbBase) && !line.is_aux(verb)
}

/// "Praised the win over Roy | as she urged members to unite": what the speaker, or whoever speaks, says meanwhile.
pub(super) fn meanwhile(line: &Line<'_>, i: usize) -> bool {
    let Some(np) = line.np_starting_at(i + 1).filter(|_| line.fold(i) == "as") else {
        return false;
    };
    let somebody = match np.kind {
        NpKind::Pronoun => matches!(line.fold(np.head), "he" | "she" | "they"),
        NpKind::Name | NpKind::Common => line.may_speak(np),
        _ => false,
    };
    let verb = (np.items.end..line.len()).find(|k| !line.is_adverb(*k) && !line.is_aux(*k));
    let told = verb.filter(|v| line.is_verb(*v)).and_then(|v| {
        let object = line.np_starting_at(v + 1).is_some() || line.fold(v + 1) == "that" || line.is_adp(v + 1);
        cue::verb(line.fold(v)).filter(|_| object)
    });
    somebody
        && told.is_some_and(|v| {
            v.classes.has(Classes::THAT.and(Classes::NOUN_CONTENT))
                && !is_putting(line.fold(verb.unwrap_or(i)))
        })
}

/// "Called it “petty” before imposing a fine": what the speaker did then is nothing that was said.
fn leads_to_deed(line: &Line<'_>, i: usize) -> bool {
    line.is_quote(i.wrapping_sub(1))
        && matches!(line.fold(i), "before" | "after" | "without")
        && line.tag(i + 1) == Tag::VerbIng
}

/// "Denied that she had met him, and blamed “rogue officers”": a judgment behind a comma, which shares the subject of the
/// report before it.
pub(super) fn blames(line: &Line<'_>, i: usize) -> bool {
    let past = matches!(line.tag(i), Tag::VerbPast | Tag::VerbPart);
    let judges = cue::verb(line.fold(i)).is_some_and(|v| {
        let can = Classes::NOUN_CONTENT.and(Classes::CALL);
        v.form == Form::Past && v.classes.has(can) && !v.classes.has(Classes::WEAK)
    });
    past && judges && (line.is_quote(i + 1) || line.is_quote(i + 2))
}

/// Whether a sentence ends without a stop, as headlines do.
fn is_headline(line: &Line<'_>) -> bool {
    let last = line.len().saturating_sub(1);
    let stops = matches!(last_inside(line, last), "." | "!" | "?" | "…" | ",");
    last_stop(line) == line.len() && !(line.is_quote(last) && stops)
}
