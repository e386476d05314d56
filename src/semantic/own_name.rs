//! What the press of a country calls its government or one of its bodies by a word that means something else abroad: "the
//! House", "the Congress". The words are data (`data/en/own_names.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{
    kb::{EntityId, Kind},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        local::Local,
        mention::{Candidate, Cue, Description},
        names::{Decision, Resolver, key},
    },
    syntax::{block::Zone, token::Shape},
};

/// For each word the codes of the countries, and what the word means there.
type Table = FxHashMap<&'static str, Vec<(&'static str, &'static str)>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut out = Table::default();
    let lines = include_str!("../../data/en/own_names.tsv").lines();
    for line in lines.filter(|l| !l.starts_with('#')) {
        if let Some((word, rest)) = line.split_once('\t')
            && let Some(meaning) = rest.split_once('\t')
        {
            out.entry(word).or_default().push(meaning);
        }
    }
    out
});

impl Resolver<'_, '_> {
    /// "the Congress" in an article about India, "the House" in one about the United States.
    pub(super) fn own_name(&mut self, b: usize, local: &Local, c: &Candidate) -> Option<Decision> {
        let key = key(local, c);
        let word = key.strip_prefix("the ").unwrap_or(&key);
        let meanings = TABLE.get(word)?;
        let letters = c.cues.has(Cue::Capitals) && !c.cues.has(Cue::TitleCase);
        let article = word.len() < key.len() || c.cues.has(Cue::The) || letters;
        self.own_body(b, local, c, meanings, article)
    }

    /// The same where the word is a noun for bodies too ("the House").
    pub(super) fn own_noun(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
    ) -> Option<Decision> {
        let noun = d.noun.start;
        let alone = d.noun.len() == 1 && !d.plural && d.owner.is_none() && c.phrase.len() == 2;
        let capital =
            local.tokens.shape(noun) == Shape::Capital && local.tokens.fold(c.phrase.start) == "the";
        let meanings = TABLE.get(local.tokens.fold(noun)).filter(|_| alone && capital)?;
        self.own_body(b, local, c, meanings, true)
    }

    fn own_body(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        meanings: &[(&str, &str)],
        article: bool,
    ) -> Option<Decision> {
        // "the House Intelligence Committee", "the Congress of Vienna"
        let capital = |t: usize| {
            local
                .tokens
                .list
                .get(t)
                .is_some_and(|t| t.shape == Shape::Capital)
        };
        let of = matches!(local.tokens.fold(c.tokens.end), "of" | "for");
        let longer = capital(c.tokens.end) || of && capital(c.tokens.end + 1);
        let running = self.doc.block(b).0.zone == Zone::Body && !c.cues.has(Cue::TitleCase);
        if !article || longer || !running {
            return None;
        }
        let heaviest = self.scene.heaviest();
        let about = |code: &str| heaviest > 0 && self.scene.weight(code) == heaviest;
        let &(code, name) = meanings.iter().find(|(code, _)| about(code))?;
        let land = self.doc.kb.by_code(code)?;
        let (kind, id, form, reason) = match name {
            "-" => (
                EntityKind::Country,
                land,
                MentionForm::Metonym,
                "what the country that the article is about calls its government",
            ),
            _ => (
                EntityKind::Institution,
                self.body_of_land(name, land)?,
                MentionForm::Alias,
                "what the country that the article is about calls this body",
            ),
        };
        let entity = self.known(kind, id);
        let evidence = Evidence {
            reason: reason.into(),
            at: None,
        };
        let decision = Decision {
            entity,
            form,
            score: 0.8,
            evidence,
        };
        Some(decision.at(self.doc, b, c))
    }

    /// The body that a country has under a name of the base.
    fn body_of_land(&self, name: &str, land: EntityId) -> Option<EntityId> {
        let kb = self.doc.kb;
        let words = crate::base::word::name_words(name);
        let cursor = words
            .iter()
            .try_fold(kb.walk(), |cursor, word| kb.step(cursor, word))?;
        let own = |id: &EntityId| kb.kind(*id) == Kind::Institution && kb.country_of(*id) == Some(land);
        kb.hits(cursor).map(|h| h.entity).find(own)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn the_centre_is_the_government_of_india_in_indian_copy() {
        check_article(
            r"
NEW DELHI: The court told the Centre to reply. The SC will sit in May, India’s lawyers said.
//                            ^^^^^^ country:India
//                                                 ^^ institution:Supreme Court
",
        );
        check_article(
            r"
LONDON: The court told the Centre to reply. The Centre for Halm sits in May, British lawyers said.
//                         ^^^^^^ no-mention
",
        );
    }

    #[test]
    fn the_house_is_the_lower_chamber_of_the_land_that_the_article_is_about() {
        check_article(
            r"
WASHINGTON (AP) — The House passed the bill. The House Committee sat in March.
//                    ^^^^^ institution:United States House of Representatives
//                                               ^^^^^^^^^^^^^^^ institution:House Committee
",
        );
    }
}
