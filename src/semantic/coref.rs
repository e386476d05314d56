//! Third global stage: pronouns and descriptions, and the speaker behind each source phrase.
//!
//! One pass in text order keeps a trail of what was mentioned; each pronoun and description outside
//! quotations is resolved against the trail before it. Then the source phrases get their speakers, and
//! last the pronouns inside quotations, which need them.

use std::{cell::Cell, ops::Range};

use rustc_hash::FxHashMap;

use crate::{
    base::{order::Order, span::DocSpan, work},
    kb::Gender,
    semantic::{
        antecedent::{is_empty_it, is_reported_it},
        article::{Attribution, Entity, EntityKind, Evidence, Mention, MentionForm},
        doc::{ByEntity, Cast, Doc, Draft, NameWords, Phrase, Seen},
        family::Families,
        foretold::Foretold,
        goes_on::GoesOn,
        lexicon::{self, Lexicon},
        mention::{Candidate, Cue, Cues, PersonOf, Pronoun, What},
        names::{in_order, opposite},
        salience::{Choice, Trace, Trail},
        sources::Sources,
    },
    syntax::{block::Zone, tag::Tag},
};

/// Resolves pronouns and descriptions (`I` and `we` inside a quotation to its speaker), adds entities for
/// sources without a name ("a NATO diplomat"), and sets speaker and attribution of each draft. The mentions
/// stay in text order.
pub fn resolve(doc: &Doc<'_>, cast: &mut Cast, drafts: &mut [Draft]) {
    let sources = Sources::new(doc, drafts);
    resolve_with(doc, cast, drafts, sources);
}

/// The same where it is known already what is read of the sources alone.
pub(super) fn resolve_with(doc: &Doc<'_>, cast: &mut Cast, drafts: &mut [Draft], sources: Sources) {
    let mut r = Resolver::new(doc, cast, sources);
    r.read();
    r.speakers(drafts);
    r.named_later(drafts);
    r.inside_quotations(drafts);
    r.nested_speakers(drafts);
    let added = std::mem::take(&mut r.added);
    drop(r);
    merge(&mut cast.mentions, added);
    let index = in_order(cast);
    for Draft { quote, .. } in drafts {
        for entity in [&mut quote.speaker, &mut quote.rival] {
            *entity = entity.map(|e| index[e]).filter(|e| *e != usize::MAX);
        }
    }
}

/// Adds mentions to those of the names, which are in text order; of two at one place those stand first.
fn merge(mentions: &mut Vec<Seen>, mut added: Vec<Seen>) {
    let place = |m: &Seen| (m.at.block, m.at.tokens.start, std::cmp::Reverse(m.at.tokens.end));
    added.order_by_key(place);
    // From the end, into the room behind the names.
    let mut end = mentions.len();
    mentions.reserve_exact(added.len());
    mentions.resize_with(end + added.len(), Seen::default);
    while let Some(seen) = added.pop() {
        while end > 0 && place(&mentions[end - 1]) > place(&seen) {
            mentions.swap(end - 1, end + added.len());
            end -= 1;
        }
        let at = end + added.len();
        mentions[at] = seen;
    }
}

/// Who a source phrase means, how it names them, and why.
pub(super) type Answer = (Option<usize>, Attribution, Option<Evidence>);

/// A person who is described and is no entity yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Latent {
    pub(super) at: Trace,
    /// The gender that the description tells.
    pub(super) gender: Gender,
    /// Whether it is the subject of a verb.
    pub(super) subject: bool,
    /// Whether it is somebody new ("a man", "one shopper").
    pub(super) new: bool,
}

/// How many of them are kept; so the cost of each pronoun is bounded.
pub(super) const LATENT: usize = 4;

pub(super) struct Resolver<'d, 'a, 'c> {
    pub(super) doc: &'d Doc<'a>,
    pub(super) cast: &'c mut Cast,
    pub(super) lex: &'static Lexicon,
    pub(super) trail: Trail,
    /// For each entity what the article calls it: rows of `Lexicon::roles`.
    pub(super) rows: Vec<Vec<usize>>,
    /// The same of what somebody once was ("a former shearer").
    pub(super) past: FxHashMap<usize, Vec<usize>>,
    /// The last thing without a name that each noun stood for ("statement").
    pub(super) things: FxHashMap<String, usize>,
    /// Which entities have no name, and whether each is several people.
    pub(super) nameless: ByEntity<bool>,
    /// Index in the cast of the first mention of each block or behind it, and one more for the end.
    pub(super) first_of_block: Vec<usize>,
    /// Where the heads of source phrases stand, (block, token), sorted.
    pub(super) sources: Vec<(usize, usize)>,
    /// What stands behind the head in each source phrase, sorted: "A man | who stabbed Holm | told the court".
    behind: Vec<(usize, Range<usize>)>,
    /// Which of them was found last.
    next_source: Cell<usize>,
    /// Index in `added` of each candidate that had no mention before: (block, first token, last token).
    pub(super) found: FxHashMap<(usize, usize, usize), usize>,
    pub(super) added: Vec<Seen>,
    /// The last several people spoken of that are no entity yet.
    pub(super) last_plural: Option<Trace>,
    /// All several people whom the narrator spoke of without a name, in text order.
    pub(super) plurals: Vec<Trace>,
    /// The last people spoken of by descriptions that are no entities yet, the newest last.
    pub(super) latent: Vec<Latent>,
    /// All people who were ever such, in text order, for what is said of them in quotations.
    pub(super) described: Vec<Latent>,
    /// Source phrases that no candidate stands for, by place, and how many of them are behind.
    unnamed: (Vec<Phrase>, usize),
    /// Who those source phrases mean.
    pub(super) early: FxHashMap<Phrase, Answer>,
    pub(super) name_words: NameWords,
    /// Entities that this stage added, by name.
    pub(super) by_name: FxHashMap<String, usize>,
    /// Who is said to belong to whom: an entity, and the words that say whose officer it is.
    pub(super) owners: FxHashMap<usize, Vec<Phrase>>,
    /// Whom the article calls by a party, and the word for it.
    pub(super) parties: FxHashMap<usize, Phrase>,
    /// Entities without a name at the top of the article, who may be named later.
    pub(super) ahead: Vec<Foretold>,
    /// The last name and the phrase around it: "her former student" in it is not hers.
    apposed: Option<(usize, Range<usize>, usize)>,
    /// The last body that each noun stood for and that is no entity yet ("the town's council").
    pub(super) last_bodies: FxHashMap<String, Trace>,
    pub(super) families: Families,
    /// Groups of two of one kind, and the kind.
    pub(super) pairs: ByEntity<EntityKind>,
    /// Pronouns that go on from a report.
    pub(super) going: Vec<GoesOn>,
}

impl<'d, 'a, 'c> Resolver<'d, 'a, 'c> {
    fn new(doc: &'d Doc<'a>, cast: &'c mut Cast, sources: Sources) -> Self {
        let mut unnamed = sources.unnamed;
        unnamed.retain(|(p, name)| {
            let block = p.block;
            let name = name.clone().map(|tokens| Phrase { block, tokens });
            name.is_none_or(|name| !cast.holds(&name))
        });
        let mut unnamed: Vec<Phrase> = unnamed.into_iter().map(|(p, _)| p).collect();
        unnamed.order_by_key(|p| (p.block, p.tokens.start, p.tokens.end));
        unnamed.dedup();
        let rows = vec![Vec::new(); cast.entities.len()];
        let mut first_of_block = Vec::with_capacity(doc.locals.len() + 1);
        let mut at = 0;
        for b in 0..=doc.locals.len() {
            while cast.mentions.get(at).is_some_and(|m| m.at.block < b) {
                at += 1;
            }
            first_of_block.push(at);
        }
        let mut named = vec![0; cast.entities.len()];
        for m in &cast.mentions {
            named[m.mention.entity] += 1;
        }
        Self {
            doc,
            cast,
            lex: lexicon::english(),
            trail: Trail::new(named),
            rows,
            past: FxHashMap::default(),
            things: FxHashMap::default(),
            nameless: ByEntity::default(),
            first_of_block,
            sources: sources.heads,
            behind: sources.behind,
            next_source: Cell::default(),
            found: FxHashMap::default(),
            added: Vec::new(),
            last_plural: None,
            plurals: Vec::new(),
            latent: Vec::new(),
            described: Vec::new(),
            unnamed: (unnamed, 0),
            early: FxHashMap::default(),
            name_words: NameWords::default(),
            by_name: FxHashMap::default(),
            owners: FxHashMap::default(),
            parties: FxHashMap::default(),
            ahead: Vec::new(),
            last_bodies: FxHashMap::default(),
            apposed: None,
            families: Families::default(),
            pairs: ByEntity::default(),
            going: sources.going,
        }
    }

    /// The pass in text order.
    fn read(&mut self) {
        let mut next = 0;
        let mut first_sentence = 0;
        for b in 0..self.doc.locals.len() {
            let (block, local) = self.doc.block(b);
            for c in &local.candidates {
                work::step();
                let place = (b, c.tokens.start);
                self.unnamed_sources(place, first_sentence);
                while self
                    .cast
                    .mentions
                    .get(next)
                    .is_some_and(|m| (m.at.block, m.at.tokens.start) < place)
                {
                    next += 1;
                }
                let mut at = next;
                let mention = loop {
                    match self.cast.mentions.get(at) {
                        Some(m) if m.at.block == b && m.at.tokens == c.tokens => {
                            break Some((at, m.mention.entity, m.mention.form, m.mention.span));
                        }
                        Some(m) if (m.at.block, m.at.tokens.start) == place => at += 1,
                        _ => break None,
                    }
                };
                let sentence = first_sentence + local.sentence_of(c.tokens.start);
                let mut trace = Trace {
                    entity: 0,
                    block: b,
                    token: c.tokens.start,
                    sentence,
                    cues: c.cues,
                    side: is_side(block.zone) || local.tokens.span(c.tokens.clone()).start < block.lead_end,
                    form: MentionForm::Name,
                    owner: c.cues.has(Cue::Possessive),
                    second: false,
                    span: DocSpan::default(),
                };
                match (mention, &c.what) {
                    (Some((at, mut entity, form, span)), what) => {
                        if let What::Name(name) = what {
                            let married = local.tokens.fold(c.phrase.start) == "mrs";
                            entity = self.as_kin(name, entity, form, married);
                            self.cast.mentions[at].mention.entity = entity;
                        }
                        trace.entity = entity;
                        trace.form = form;
                        trace.span = span;
                        if self.is_source(b, c) {
                            trace.cues.set(Cue::Speaks);
                        } else if self.is_in_source(b, c) {
                            trace.cues.clear(Cue::Speaks);
                            trace.cues.clear(Cue::Subject);
                            // "Holm, whose council fined Reyes, said he": only tells who Holm is.
                            trace.owner = true;
                        }
                        if let What::Name(name) = what {
                            self.apposed = Some((b, c.phrase.clone(), entity));
                            self.apposition(b, local, c, entity, span);
                            self.called_behind(c, &trace, span);
                            self.note_kin(b, local, name, entity, &trace);
                            let title = name.title.and_then(|t| self.lex.titles[t].role);
                            let role = name
                                .role
                                .as_ref()
                                .filter(|r| !r.plural && !r.former)
                                .map(|r| r.row);
                            if let Some(role) = name.role.as_ref().filter(|r| !r.plural && r.former) {
                                self.past.entry(entity).or_default().push(role.row);
                            }
                            let gets = self.named_as(local, c);
                            for row in role.into_iter().chain(title).chain(gets) {
                                self.call(entity, row);
                            }
                            let owner = name.role.as_ref().filter(|r| !r.former && !r.plural);
                            if let Some(tokens) = owner.and_then(|r| r.owner.clone()) {
                                self.owners
                                    .entry(entity)
                                    .or_default()
                                    .push(Phrase { block: b, tokens });
                            } else {
                                self.note_party(b, local, c, name, entity);
                            }
                        }
                        self.trail.push(trace);
                    }
                    (None, What::Pronoun(p)) if !c.cues.has(Cue::Quoted) => {
                        self.pronoun(b, c, *p, trace);
                    }
                    (None, What::Description(d)) => self.description(b, local, c, d, trace),
                    (None, What::Name(_)) if !c.cues.has(Cue::Quoted) && !self.is_source(b, c) => {
                        self.compatriot(b, local, c, trace);
                    }
                    _ => {}
                }
            }
            self.unnamed_sources((b, usize::MAX), first_sentence);
            first_sentence += local.sentences.len();
        }
    }

    /// Makes entities of the sources before a place that no list of nouns knows ("one shopper told police"), so that
    /// what follows can lead back to them.
    fn unnamed_sources(&mut self, before: (usize, usize), first_sentence: usize) {
        while let Some(source) = self.unnamed.0.get(self.unnamed.1) {
            if (source.block, source.tokens.start) >= before {
                return;
            }
            let source = source.clone();
            self.unnamed.1 += 1;
            let local = self.doc.block(source.block).1;
            let answer = self
                .described_together(local, &source)
                .unwrap_or_else(|| self.nameless_source(&source));
            if let (Some(entity), attribution, _) = &answer
                && let entity = *entity
                && (self.nameless.contains_key(&entity)
                    && self.cast.entities[entity].kind == EntityKind::Person
                    // A name that no list knows leaves no trace of its own.
                    || *attribution == Attribution::Explicit
                        && self.trail.count(entity) == 0
                        && self.trail.times_named(entity) == 0)
            {
                let (block, local) = self.doc.block(source.block);
                let mut cues = Cues::default();
                cues.set(Cue::Subject);
                cues.set(Cue::Speaks);
                self.trail.push(Trace {
                    entity,
                    block: source.block,
                    token: source.tokens.start,
                    sentence: first_sentence + local.sentence_of(source.tokens.start),
                    cues,
                    side: is_side(block.zone),
                    form: match self.nameless.contains_key(&entity) {
                        true => MentionForm::Description,
                        false => MentionForm::Name,
                    },
                    owner: false,
                    second: false,
                    span: self.doc.span(&source),
                });
            }
            self.early.insert(source, answer);
        }
    }

    pub(super) fn call(&mut self, entity: usize, row: usize) {
        if let Some(rows) = self.rows.get_mut(entity)
            && !rows.contains(&row)
        {
            rows.push(row);
        }
    }

    /// Whether the head of a source phrase lies in the candidate.
    pub(super) fn is_source(&self, b: usize, c: &Candidate) -> bool {
        let place = (b, c.tokens.start);
        let here = |i: usize| {
            self.sources[..i].last().is_none_or(|s| *s < place)
                && self.sources.get(i).is_none_or(|s| *s >= place)
        };
        // Candidates are asked about in text order, mostly.
        let hint = self.next_source.get();
        let near = (hint..(hint + 3).min(self.sources.len() + 1)).find(|i| here(*i));
        let from = near.unwrap_or_else(|| self.sources.partition_point(|s| *s < place));
        self.next_source.set(from);
        self.sources.get(from).is_some_and(|s| *s < (b, c.tokens.end))
    }

    /// Whether a name only tells who a source is: in "A man who stabbed Holm told the court" it is not Holm who speaks.
    fn is_in_source(&self, b: usize, c: &Candidate) -> bool {
        let place = (b, c.tokens.start);
        let i = self
            .behind
            .partition_point(|(block, rest)| (*block, rest.start) <= place);
        let Some((block, rest)) = i.checked_sub(1).map(|i| &self.behind[i]) else {
            return false;
        };
        let tokens = &self.doc.block(b).1.tokens;
        let start = c.phrase.start.min(c.tokens.start);
        // "the mayor of Riga, Ana Reyes, said": an apposition is the source itself.
        let apposed = start == rest.start
            || matches!(
                tokens.fold(start.saturating_sub(1)),
                "," | "and" | "(" | "—" | "–"
            );
        let hangs = |t: usize| {
            let tag = tokens.list.get(t).map_or(Tag::X, |t| t.tag);
            tag.is_verb() || matches!(tag, Tag::Adp | Tag::Aux)
        };
        *block == b && c.tokens.end <= rest.end && !apposed && (rest.start..start).any(hangs)
    }

    fn pronoun(&mut self, b: usize, c: &Candidate, p: Pronoun, mut trace: Trace) {
        let source = self.is_source(b, c);
        if source {
            trace.cues.set(Cue::Speaks);
        }
        if p.person == PersonOf::It && !source && is_empty_it(self.doc.block(b).1, c, p) {
            return;
        }
        if p.person == PersonOf::They {
            self.people_before(p, &trace, source);
        }
        let exclude = match &self.apposed {
            Some((at, phrase, entity)) if *at == b && p.possessive && phrase.contains(&c.tokens.start) => {
                Some(*entity)
            }
            _ => None,
        };
        let ahead = self.name_ahead(b, c, p);
        let choice = match ahead {
            Some(choice) => Some(choice),
            None => self.choose(p, &trace, exclude, source),
        };
        let described = self.described_before(p, &trace, choice.as_ref(), source);
        let Some(choice) = described.or(choice) else {
            return;
        };
        // "it" leads back to a body only from close by: most often it means a thing.
        if p.person == PersonOf::It && !source {
            let (_, local) = self.doc.block(b);
            let start = p.subject && c.cues.has(Cue::SentenceStart) || is_reported_it(local, c);
            let close = choice.near || start && choice.apart <= 1;
            // "its chairman": only a body has one.
            let officer = p.possessive && self.lex.role_at(&local.tokens, c.tokens.end).is_some();
            let whose = p.possessive
                && (choice.near && (choice.subject || choice.score >= 0.75)
                    || c.cues.has(Cue::SentenceStart) && choice.apart <= 1 && choice.subject);
            if !(choice.subject && close || officer || whose) {
                return;
            }
        }
        trace.entity = choice.entity;
        trace.form = MentionForm::Pronoun;
        trace.owner = p.possessive;
        trace.span = self.add(b, c, &choice, MentionForm::Pronoun);
        self.learn_gender(p, &choice);
        self.trail.push(trace);
    }

    /// The entity that this stage made under that name, or a new one.
    pub(super) fn named_entity(&mut self, kind: EntityKind, name: String) -> usize {
        if let Some(&e) = self.by_name.get(&name) {
            return e;
        }
        let e = self.add_entity(kind, name.clone(), Gender::Unknown);
        self.by_name.insert(name, e);
        e
    }

    pub(super) fn add_entity(&mut self, kind: EntityKind, name: String, gender: Gender) -> usize {
        self.cast.entities.push(Entity {
            kind,
            name,
            kb: None,
            wikidata: None,
            role: None,
            gender,
            mentions: Vec::new(),
            quotes: Vec::new(),
            rivals: Vec::new(),
        });
        self.rows.push(Vec::new());
        self.cast.entities.len() - 1
    }

    pub(super) fn add(&mut self, b: usize, c: &Candidate, choice: &Choice, form: MentionForm) -> DocSpan {
        let at = Phrase {
            block: b,
            tokens: c.tokens.clone(),
        };
        let span = self.pronoun_span(&at, form);
        self.found
            .insert((b, c.tokens.start, c.tokens.end), self.added.len());
        let support = if choice.span.is_empty() { span } else { choice.span };
        self.added.push(Seen {
            mention: Mention {
                span,
                entity: choice.entity,
                form,
                score: choice.score,
                evidence: Evidence {
                    reason: choice.reason.clone().into(),
                    at: Some(support),
                },
            },
            at,
            phrase: Phrase {
                block: b,
                tokens: c.phrase.clone(),
            },
        });
        span
    }

    /// The span of a mention; of a contraction only the pronoun ("she’d").
    fn pronoun_span(&self, at: &Phrase, form: MentionForm) -> DocSpan {
        let span = self.doc.span(at);
        if form != MentionForm::Pronoun {
            return span;
        }
        match span.text(self.doc.text).find(['’', '\'']) {
            Some(len) if len > 0 => DocSpan {
                start: span.start,
                end: span.start + len as u32,
            },
            _ => span,
        }
    }

    /// The group of these members, made once.
    pub(super) fn group_of(&mut self, members: &[usize]) -> usize {
        let names: Vec<&str> = members
            .iter()
            .map(|m| self.cast.entities[*m].name.as_str())
            .collect();
        let name = match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        };
        let group = self.named_entity(EntityKind::Group, name);
        if let &[one, other] = members {
            let kind = |e: usize| self.cast.entities[e].kind;
            if kind(one) == kind(other) {
                self.pairs.insert(group, kind(one));
            }
        }
        group
    }
}

/// "A spokesman for Hartmann" inside a list of names is "a spokesman for Hartmann".
pub(super) fn lower_first(text: &str, small: bool) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = joined.split(' ').next().unwrap_or("");
    let plain = first.to_lowercase();
    // "European leaders" keeps its capital, "Diplomats" and "A spokesman" do not.
    let ordinary = lexicon::english().is_function_word(&plain) || !joined.contains(' ');
    // "New Hampshire voters", "Democrats"
    let name = plain == "new" && joined[first.len()..].trim_start().starts_with(char::is_uppercase)
        || matches!(plain.as_str(), "democrats" | "republicans" | "tories");
    if !small || !ordinary || name {
        return joined;
    }
    plain + &joined[first.len()..]
}

/// Whether a zone stands outside the running text.
fn is_side(zone: Zone) -> bool {
    !matches!(
        zone,
        Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript | Zone::Question
    )
}

/// Whether an entity may be what somebody of that gender is called by.
pub(super) fn fits_gender(e: &Entity, gender: Gender) -> bool {
    !opposite(e.gender, gender)
}

/// Whether a candidate stands as a subject.
pub(super) fn is_subject(cues: Cues) -> bool {
    // "tariffs announced by Hartmann": an agent behind "by" is no subject.
    cues.has(Cue::Subject) || cues.has(Cue::Speaks) && !cues.has(Cue::Toward)
}
