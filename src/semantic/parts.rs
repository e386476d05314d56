//! A text longer than any article is read in parts, so that an edit costs its part and all cores help.
//!
//! The stages see one part at a time; what they find in it depends on nothing else but the article's date. Then those whom
//! several parts name become one entity again. So no pronoun and no description leads from one part into another, and a
//! surname leads there only if a single person of the whole text has it. Files of that length are transcripts, or many
//! articles one behind the other, and a part begins where one of those does, if it can.

use std::{
    hash::{Hash, Hasher},
    ops::Range,
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::{
    base::{span::DocSpan, word},
    kb::{EntityId, Gender},
    semantic::{
        article::{Article, Aside, Entity, EntityKind, LoneMark, Mention, MentionForm, Quote, Whole},
        local::Local,
    },
    syntax::block::{Block, Zone},
};

/// What the stages have found in a part. Entities carry no lists yet; mentions and quotations count them from 0.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) entities: Vec<Entity>,
    pub(super) mentions: Vec<Mention>,
    pub(super) quotes: Vec<Quote>,
    pub(super) asides: Vec<Aside>,
    pub(super) lone_marks: Vec<LoneMark>,
    pub(super) firsts: FxHashSet<Box<str>>,
}

/// What an article keeps of one of its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) n_blocks: usize,
    pub(super) n_mentions: usize,
    pub(super) n_quotes: usize,
    pub(super) n_asides: usize,
    pub(super) n_lone_marks: usize,
    /// See [`crate::semantic::doc::Cast::firsts`].
    pub(super) firsts: Arc<FxHashSet<Box<str>>>,
    /// Its entities as it knows them; of a whole article, which needs them no more, none.
    own: Arc<[Own]>,
    /// Which entity of the article each of them is.
    pub(super) index: Vec<usize>,
}

/// An entity of a part, and what it is found by in others.
#[derive(Debug)]
struct Own {
    entity: Entity,
    /// Its folded name, if it is named and not only spoken of.
    key: Option<Box<str>>,
}

impl Own {
    /// Whether it is somebody of whom nothing but one name is known.
    fn is_surname(&self) -> bool {
        let e = &self.entity;
        e.kind == EntityKind::Person && e.kb.is_none() && self.key.as_ref().is_some_and(|k| !k.contains(' '))
    }
}

impl Part {
    /// The only part of an article.
    pub(super) fn whole(n_blocks: usize, read: &mut Read) -> Self {
        Self {
            own: Arc::default(),
            ..Self::new(n_blocks, read)
        }
    }

    /// One of several; the entities of `read` become its own.
    pub(super) fn one(n_blocks: usize, read: &mut Read) -> Self {
        let mut named = vec![false; read.entities.len()];
        for m in &read.mentions {
            let spoken_of = matches!(
                m.form,
                MentionForm::Description | MentionForm::Pronoun | MentionForm::Title
            );
            if let Some(named) = named.get_mut(m.entity) {
                *named |= !spoken_of;
            }
        }
        let own = std::mem::take(&mut read.entities).into_iter().zip(named);
        let own = own.map(|(entity, named)| Own {
            key: named.then(|| word::name_words(&entity.name).join(" ").into()),
            entity,
        });
        Self {
            own: own.collect(),
            ..Self::new(n_blocks, read)
        }
    }

    fn new(n_blocks: usize, read: &mut Read) -> Self {
        Self {
            n_blocks,
            n_mentions: read.mentions.len(),
            n_quotes: read.quotes.len(),
            n_asides: read.asides.len(),
            n_lone_marks: read.lone_marks.len(),
            firsts: Arc::new(std::mem::take(&mut read.firsts)),
            own: Arc::default(),
            index: Vec::new(),
        }
    }
}

impl Article {
    /// Where the parts stand that it was read in.
    pub fn spans_of_parts(&self) -> Vec<DocSpan> {
        let mut blocks = self.layout.blocks.iter();
        let spans = self.parts.iter().filter_map(|part| {
            let mut own = blocks.by_ref().take(part.n_blocks);
            let first = own.next()?.span;
            Some(own.last().map_or(first, |last| first.join(last.span)))
        });
        spans.collect()
    }
}

/// The blocks of each part. It depends on the text alone, and an edit inside a part moves its ends only by chance.
pub(super) fn cut(text: &str, blocks: &[Block], locals: &[Arc<Local>], whole: Whole) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let Whole(whole) = whole;
    let usual = whole / 8 * 3;
    if text.len() > whole {
        for i in 1..blocks.len() {
            let len = (blocks[i].span.start - blocks[start].span.start) as usize;
            let rest = text.len() - blocks[i].span.start as usize;
            let long = len >= usual && rest >= usual / 2;
            if long && (len >= 2 * usual || ends_before(text, blocks, locals, i, len >= usual / 4 * 5)) {
                parts.push(start..i);
                start = i;
            }
        }
    }
    parts.push(start..blocks.len());
    parts
}

/// Whether a part should end before block `i`: where an article begins, or, if it is `full`, at a paragraph that its words
/// choose, so that the parts behind an edit stay what they were.
fn ends_before(text: &str, blocks: &[Block], locals: &[Arc<Local>], i: usize, full: bool) -> bool {
    let (before, block) = (&blocks[i - 1], &blocks[i]);
    let heads = |b: &Block| matches!(b.zone, Zone::Headline | Zone::Byline | Zone::Dateline);
    let begins = !heads(before) && (heads(block) || block.zone == Zone::Body && block.lead_end > 0);
    // Nothing that is said before goes on here.
    let closed = locals[i - 1]
        .pairs
        .iter()
        .all(|p| p.open.is_some() && p.close.is_some());
    let new = block.zone == Zone::Body
        && before.zone == Zone::Body
        && locals[i].pairs.first().is_none_or(|p| p.span.start > 0);
    let chosen = || {
        let mut hasher = FxHasher::default();
        block.span.text(text).hash(&mut hasher);
        hasher.finish().is_multiple_of(16)
    };
    begins || full && closed && new && chosen()
}

/// Whom the parts name together: the entities of the article in order of their first mention, without lists. Tells each
/// part which of them its own are.
pub(super) fn join(parts: &mut [Part]) -> Vec<Entity> {
    let mut join = Join::default();
    let mut index: Vec<Vec<usize>> = parts.iter().map(|p| vec![usize::MAX; p.own.len()]).collect();
    // Those who are called by more than a surname, wherever they stand, then the others.
    for alone in [false, true] {
        for (p, (part, index)) in parts.iter().zip(&mut index).enumerate() {
            for (own, index) in part.own.iter().zip(index) {
                if own.is_surname() == alone {
                    *index = join.add(p, own);
                }
            }
        }
    }
    let Join { mut all, .. } = join;
    let mut order = vec![usize::MAX; all.len()];
    let mut entities = Vec::with_capacity(all.len());
    for (part, index) in parts.iter_mut().zip(index) {
        part.index = index;
        for e in &mut part.index {
            if order[*e] == usize::MAX {
                order[*e] = entities.len();
                entities.extend(all[*e].entity.take());
            }
            *e = order[*e];
        }
    }
    entities
}

/// The entities of the parts so far, as one.
#[derive(Default)]
struct Join<'a> {
    all: Vec<Joined>,
    by_kb: FxHashMap<EntityId, usize>,
    by_name: FxHashMap<(EntityKind, &'a str), usize>,
    /// The person whose name ends with that word; none where several do.
    by_surname: FxHashMap<&'a str, Option<usize>>,
}

struct Joined {
    entity: Option<Entity>,
    /// The last part that has it: no part has it twice.
    part: usize,
}

impl<'a> Join<'a> {
    /// The number of the entity that `own` of part `part` is.
    fn add(&mut self, part: usize, own: &'a Own) -> usize {
        let known = self.known(own).filter(|&e| {
            let joined = &self.all[e];
            let of_base = joined.entity.as_ref().and_then(|e| e.kb);
            joined.part != part && (of_base.is_none() || own.entity.kb.is_none() || of_base == own.entity.kb)
        });
        let e = match known {
            Some(e) => {
                let joined = &mut self.all[e];
                joined.part = part;
                if let Some(entity) = &mut joined.entity {
                    learn(entity, &own.entity);
                }
                e
            }
            None => {
                self.all.push(Joined {
                    entity: Some(own.entity.clone()),
                    part,
                });
                self.all.len() - 1
            }
        };
        if let Some(id) = own.entity.kb {
            self.by_kb.entry(id).or_insert(e);
        }
        if let Some(key) = &own.key {
            self.by_name.entry((own.entity.kind, &**key)).or_insert(e);
            if own.entity.kind == EntityKind::Person && !own.is_surname() {
                let surname = key.rsplit_once(' ').map_or(&**key, |(_, last)| last);
                let only = self.by_surname.entry(surname).or_insert(Some(e));
                if *only != Some(e) {
                    *only = None;
                }
            }
        }
        e
    }

    fn known(&self, own: &Own) -> Option<usize> {
        if let Some(&e) = own.entity.kb.and_then(|id| self.by_kb.get(&id)) {
            return Some(e);
        }
        let key = own.key.as_deref()?;
        let bearer = || self.by_surname.get(key).copied().flatten();
        let namesake = || self.by_name.get(&(own.entity.kind, key)).copied();
        match own.is_surname() {
            true => bearer().or_else(namesake),
            false => namesake(),
        }
    }
}

/// Adds what another part knows of somebody.
fn learn(entity: &mut Entity, other: &Entity) {
    if entity.kb.is_none() && other.kb.is_some() {
        entity.kb = other.kb;
        entity.wikidata = other.wikidata;
        entity.name.clone_from(&other.name);
        entity.rivals.clone_from(&other.rivals);
    }
    // A headline in capitals tells less of the spelling.
    if entity.kb.is_none()
        && !entity.name.contains(char::is_lowercase)
        && other.name.contains(char::is_lowercase)
    {
        entity.name.clone_from(&other.name);
    }
    if entity.role.is_none() {
        entity.role.clone_from(&other.role);
    }
    if entity.gender == Gender::Unknown {
        entity.gender = other.gender;
    }
}
