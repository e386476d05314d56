//! What somebody is called behind a comma by a noun that no list has: "Ana Reyes, a retired court stenographer,", "said Tom
//! Holm, chief economist at Halden Bank".

use std::ops::Range;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::{EntityKind, Evidence, Mention, MentionForm},
        coref::{Resolver, is_subject},
        doc::{Phrase, Seen},
        local::Local,
        mention::{Candidate, Cue, Head, What},
        salience::Trace,
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// How many words the phrase may have.
const MAX_WORDS: usize = 9;
/// Within how many words a phrase that goes on with a preposition must close.
const MAX_REST: usize = 14;

impl Resolver<'_, '_, '_> {
    /// The office that somebody gets behind the name: "named Ida Holm as prime minister", "appointed Holm head coach".
    pub(super) fn named_as(&self, local: &Local, c: &Candidate) -> Option<usize> {
        const REACH: usize = 8;
        let end = c.phrase.end.max(c.tokens.end);
        let from = c.phrase.start.saturating_sub(REACH);
        let named = |t| {
            matches!(
                local.tokens.fold(t),
                "named" | "appointed" | "nominated" | "elected" | "chose"
            )
        };
        if !(from..c.phrase.start).any(named) {
            return None;
        }
        let mut t = end + usize::from(local.tokens.fold(end) == "as");
        let leads = |t: usize| {
            let tag = local.tokens.list.get(t).map(|t| t.tag);
            matches!(tag, Some(Tag::Det | Tag::Adj | Tag::Pron))
                && self.lex.role_at(&local.tokens, t).is_none()
        };
        while t < end + 4 && leads(t) {
            t += 1;
        }
        self.lex.role_at(&local.tokens, t).map(|found| found.row)
    }

    /// Adds the noun phrase behind a person's name as a mention of that person.
    pub(super) fn called_behind(&mut self, c: &Candidate, at: &Trace, name: DocSpan) {
        let local = self.doc.block(at.block).1;
        let person = self.cast.entities[at.entity].kind == EntityKind::Person;
        if !person || c.tokens.len() < 2 || c.cues.has(Cue::TitleCase) || at.side {
            return;
        }
        let Some(words) = phrase_behind(local, c, is_subject(at.cues)) else {
            return;
        };
        let phrase = Phrase {
            block: at.block,
            tokens: words,
        };
        let described = local
            .candidates
            .iter()
            .skip(
                local
                    .candidates
                    .partition_point(|o| o.tokens.end <= phrase.tokens.start),
            )
            .take_while(|o| o.tokens.start < phrase.tokens.end)
            .find(|o| matches!(o.what, What::Description(_)) && o.tokens.end == phrase.tokens.end);
        if self.cast.holds(&phrase) {
            return;
        }
        if let Some(What::Description(d)) = described.map(|o| &o.what)
            && let Head::Role(role) = &d.head
        {
            if d.plural || !self.may_be(at.entity, Some(role.row)) {
                return;
            }
            self.call(at.entity, role.row);
        } else if described.is_none()
            && !(c.tokens.end..phrase.tokens.end).any(|t| self.lex.is(WordSet::Former, local.tokens.fold(t)))
        {
            // "Chief Nwobodo Agu, the king of Halm,": one who has an office before the name already.
            let tokens = phrase.tokens.clone();
            let row = tokens.clone().find_map(|t| {
                let role = self.lex.role_at(&local.tokens, t)?;
                (t + role.len == tokens.end && !role.plural).then_some(role.row)
            });
            if let Some(row) = row.filter(|&row| self.may_be(at.entity, Some(row))) {
                self.call(at.entity, row);
            }
        }
        let key = (at.block, phrase.tokens.start, phrase.tokens.end);
        if self.found.contains_key(&key) {
            return;
        }
        self.found.insert(key, self.added.len());
        if let Some(o) = described {
            self.found
                .insert((at.block, o.tokens.start, o.tokens.end), self.added.len());
        }
        let reason = format!("{}: stands beside the name", self.cast.entities[at.entity].name);
        self.added.push(Seen {
            mention: Mention {
                span: self.doc.span(&phrase),
                entity: at.entity,
                form: MentionForm::Description,
                score: 0.85,
                evidence: Evidence {
                    reason: reason.into(),
                    at: Some(name),
                },
            },
            phrase: phrase.clone(),
            at: phrase,
        });
    }
}

/// The words of the phrase without its article, where one stands behind the name.
fn phrase_behind(local: &Local, c: &Candidate, subject: bool) -> Option<Range<usize>> {
    let tokens = &local.tokens;
    let fold = |t: usize| tokens.fold(t);
    let tag = |t: usize| tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let comma = c.tokens.end;
    if tokens.mark(comma) != "," {
        return None;
    }
    let mut start = comma + 1;
    // "Ana Reyes, 54, a baker,"
    if tokens.kind(start) == TokenKind::Number && tokens.mark(start + 1) == "," {
        start += 2;
    }
    let article = matches!(fold(start), "a" | "an" | "the");
    start += usize::from(article);
    let inner = |t: usize| {
        let noun = tag(t).is_noun() || matches!(tag(t), Tag::Adj | Tag::Propn | Tag::Num);
        let aged = tokens.kind(t) == TokenKind::Number && fold(t + 1) == "-";
        aged || tokens.kind(t) == TokenKind::Word && noun || matches!(fold(t), "-" | "‑")
    };
    let mut end = start;
    while end < start + MAX_WORDS && inner(end) {
        end += 1;
    }
    let head = end.checked_sub(1).filter(|&h| h >= start)?;
    // A noun in small letters, one of its kind: no town, no list, no time.
    let plain = tag(head) == Tag::Noun && tokens.shape(head) == Shape::Lower && !fold(head).ends_with("day");
    if !plain {
        return None;
    }
    let closes = |t: usize| matches!(tokens.mark(t), "," | "." | ";" | "”" | "\"" | "—" | "–");
    let goes_on = tag(end) == Tag::Adp || matches!(fold(end), "who" | "whose" | "whom");
    let close = (end..end + MAX_REST).find(|&t| closes(t))?;
    let verb = (end..close).any(|t| tag(t).is_finite() || tag(t) == Tag::Aux);
    let relative = matches!(fold(end), "who" | "whose" | "whom");
    let ends = closes(end) && (tokens.mark(end) != "," || fold(end + 1) != "and");
    // "When Ana Reyes left, a man in a coat came": only behind a subject, or a name that closes the sentence, is it hers.
    let opens = c.cues.has(Cue::SentenceStart) && article && tokens.mark(close) == ",";
    let hers = subject || (tokens.mark(close) == "." || opens) && !verb || ends && article;
    let told = ends && article || goes_on && hers && (!verb || relative) && (article || fold(end) != "in");
    told.then_some(start..end)
}
