//! Somebody without a name who has one after all: in an apposition, further down, or as the head of a body.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{date::Holds, span::DocSpan, word::TokenKind, work},
    kb::Role,
    semantic::{
        article::{EntityKind, Evidence, Mention, MentionForm},
        coref::{Resolver, fits_gender},
        doc::{Phrase, Seen},
        lexicon::RoleClass,
        local::Local,
        mention::{Candidate, Name, What},
        salience::{Choice, Trace},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

impl Resolver<'_, '_, '_> {
    /// The person who is named right behind a description that ends at `end`: "a beekeeper, Thomas Ley,",
    /// "a protester using the pseudonym Katya", "a woman who gave her name as Ana".
    pub(super) fn named_beside(&self, b: usize, local: &Local, end: usize) -> Option<Choice> {
        let fold = |t: usize| local.tokens.fold(t);
        // "a spokesman for the Qatari foreign ministry, Faisal Holm,": what it is of stands before the comma.
        let whose = matches!(
            local.listed(end),
            "of" | "for" | "at" | "with" | "from" | "in" | "("
        ) || local
            .tokens
            .list
            .get(end)
            .is_some_and(|t| t.tag.is_noun() || t.tag == Tag::Adj);
        let verb = |t: usize| local.tokens.list.get(t).is_none_or(|t| t.tag.is_finite());
        // What stands in brackets says nothing of it: "the general secretary of the union (of Rail, Sea and Air), Mick Holm,".
        let mut depth = 0;
        let outer = |t: &usize| {
            let mark = local.tokens.mark(*t);
            depth += i32::from(mark == "(") - i32::from(mark == ")");
            depth == 0
        };
        // "another worker who survived, Faisal Holm,": the relative clause has a verb of its own.
        let who = fold(end) == "who";
        let end = match (end..end + 20)
            .filter(outer)
            .take(9)
            .find(|&t| local.tokens.mark(t) == "," || !who && verb(t))
        {
            Some(comma) if (whose || who) && local.tokens.mark(comma) == "," => comma,
            _ => end,
        };
        let from = local.candidates.partition_point(|c| c.tokens.start < end);
        let mut names = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start <= end + 9)
            .filter(|c| matches!(c.what, What::Name(_)));
        let c = names
            .clone()
            .find(|c| is_behind_its_trade(local, end, c))
            .or_else(|| names.next())?;
        let mut lead = c.phrase.start.max(end)..c.tokens.start;
        let start = lead.find(|&t| fold(t) != ",").unwrap_or(c.tokens.start);
        let beside = (start == end + 1 || is_behind_its_trade(local, end, c))
            && fold(end) == ","
            && (matches!(fold(c.phrase.end.max(c.tokens.end)), "," | ")" | "—" | "–")
                || fold(c.tokens.end + 1) == "," && is_age(local, c));
        let told = start > end
            && match fold(start - 1) {
                "named" | "called" | "pseudonym" => start <= end + 4,
                "as" => {
                    (end..start).any(|t| matches!(fold(t), "name" | "identified" | "himself" | "herself"))
                }
                _ => false,
            };
        if !beside && !told {
            return None;
        }
        let (entity, ..) = self.entity_of(b, c)?;
        let e = &self.cast.entities[entity];
        (e.kind == EntityKind::Person).then(|| {
            Choice::clear(
                entity,
                0.9,
                format!("{}: named right behind it", e.name),
                self.doc.span(&Phrase {
                    block: b,
                    tokens: c.tokens.clone(),
                }),
            )
        })
    }

    /// Whether somebody may be what a noun for people says: "a spokeswoman for the minister, Tom Reed," is not he.
    pub(super) fn may_be(&self, entity: usize, row: Option<usize>) -> bool {
        row.is_none_or(|row| fits_gender(&self.cast.entities[entity], self.lex.roles[row].gender))
    }

    /// Notes the word for a party that stands before somebody’s office: "the Labour MP Ana Reyes", "Republican Sen. Tom Reed".
    pub(super) fn note_party(&mut self, b: usize, local: &Local, c: &Candidate, name: &Name, entity: usize) {
        let office = match &name.role {
            Some(role) if role.plural || role.former => return,
            // "Republican Sen. Tom Reed": the party is what he is called.
            Some(role) if self.lex.is(WordSet::PartyWord, &self.lex.roles[role.row].noun) => role.head.end,
            Some(role) => role.head.start,
            None if name.title.is_some() => c.phrase.start,
            None => return,
        };
        let Some(at) = office.checked_sub(1) else { return };
        let party = self.lex.is(WordSet::PartyWord, local.tokens.fold(at));
        if party && local.tokens.shape(at) != Shape::Lower {
            let tokens = at..office;
            self.parties.insert(entity, Phrase { block: b, tokens });
        }
    }

    /// Adds the role that stands beside a name as a mention: "its director, Dafina Rexha", "Sadiq Khan, the mayor".
    pub(super) fn apposition(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        entity: usize,
        name: DocSpan,
    ) {
        let What::Name(n) = &c.what else { return };
        let Some(role) = &n.role else { return };
        let fold = |t: usize| local.tokens.fold(t);
        let before = role.head.end <= c.tokens.start;
        let comma = if before {
            (role.head.end..c.tokens.start).any(|t| fold(t) == ",")
        } else {
            fold(c.tokens.end) == ","
        };
        // "Her brother Gianni Ricci": whose brother he is says who he is, as a title does not.
        let kin = before
            && role.head.end == c.tokens.start
            && self.lex.roles[role.row].class == RoleClass::Kin
            && local.tokens.shape(role.head.start) == Shape::Lower
            && matches!(
                fold(c.phrase.start),
                "his" | "her" | "their" | "its" | "my" | "our"
            );
        if !(comma || kin) || role.plural {
            return;
        }
        let floor = if before { c.phrase.start } else { c.tokens.end };
        let mut start = role.head.start;
        while start > floor && !matches!(fold(start - 1), "," | "and" | "(" | "—" | "–") {
            start -= 1;
        }
        while start < role.head.start
            && matches!(
                fold(start),
                "the" | "a" | "an" | "his" | "her" | "its" | "their" | "our" | "my" | "your"
            )
        {
            start += 1;
        }
        let at = Phrase {
            block: b,
            tokens: start..role.head.end,
        };
        if at.tokens.len() > 8 || self.cast.holds(&at) {
            return;
        }
        self.found.insert((b, start, role.head.end), self.added.len());
        let reason = format!("{}: stands beside the name", self.cast.entities[entity].name);
        self.added.push(Seen {
            mention: Mention {
                span: self.doc.span(&at),
                entity,
                form: MentionForm::Description,
                score: 0.9,
                evidence: Evidence {
                    reason: reason.into(),
                    at: Some(name),
                },
            },
            phrase: at.clone(),
            at,
        });
    }

    /// The one country that the article has spoken of so far, or the one it speaks of far more than of any other.
    pub(super) fn main_country(&self, at: &Trace) -> Option<Trace> {
        let mut counts: Vec<(usize, u32, Trace)> = Vec::new();
        for t in self.trail.back(at) {
            if self.cast.entities[t.entity].kind != EntityKind::Country {
                continue;
            }
            match counts.iter_mut().find(|(e, ..)| *e == t.entity) {
                Some((_, n, _)) => *n += 1,
                None => counts.push((t.entity, 1, *t)),
            }
        }
        let &(entity, most, trace) = counts.iter().max_by_key(|(_, n, _)| *n)?;
        let next = counts
            .iter()
            .filter(|(e, ..)| *e != entity)
            .map(|(_, n, _)| *n)
            .max();
        next.is_none_or(|n| most >= 4 && most >= 3 * n).then_some(trace)
    }

    /// Whether all that the article says of whose officer somebody is has none of these words, though it says something:
    /// the Labour leader is not the Conservative one.
    pub(super) fn is_of_another(&self, entity: usize, proper: &[&str]) -> bool {
        self.owners.contains_key(&entity) && !self.is_told_of(entity, proper)
    }

    /// Whether the article calls somebody by a party, and one of these words is another party: "the Labour MP" is not the
    /// Conservative one.
    pub(super) fn is_of_other_party(&self, entity: usize, proper: &[&str]) -> bool {
        let Some(party) = self.parties.get(&entity) else {
            return self.leads_other_party(entity, proper);
        };
        let own = self.doc.block(party.block).1.tokens.fold(party.tokens.start);
        proper.iter().any(|word| self.lex.is(WordSet::PartyWord, word)) && !proper.contains(&own)
    }

    /// Whether the base has somebody at the head of a party whose name has none of these words, though one of them is a
    /// party's: "the Tory leader" is nobody who leads Labour.
    fn leads_other_party(&self, entity: usize, proper: &[&str]) -> bool {
        let party = |word: &&&str| self.lex.is(WordSet::PartyWord, word);
        let (Some(word), Some(id), Some(day)) = (
            proper.iter().find(party),
            self.cast.entities[entity].kb,
            self.doc.date,
        ) else {
            return false;
        };
        let word = if *word == "tory" { "conservative" } else { word };
        let mut led = self
            .doc
            .kb
            .tenures(id)
            .filter(|t| t.role == Role::PartyLeader && t.holds(day) == Holds::Yes)
            .peekable();
        led.peek().is_some() && !led.any(|t| t.office.to_lowercase().contains(word))
    }

    /// Whether what the article says of whose officer somebody is has one of these words.
    pub(super) fn is_told_of(&self, entity: usize, proper: &[&str]) -> bool {
        let told = |owner: &Phrase| {
            work::step();
            let local = self.doc.block(owner.block).1;
            let words = || owner.tokens.clone().map(|t| local.tokens.fold(t));
            let capitals = owner
                .tokens
                .clone()
                .filter(|&t| local.tokens.shape(t) != Shape::Lower)
                .map(|t| local.tokens.fold(t));
            words().any(|w| proper.contains(&w)) || is_short_for(capitals, proper)
        };
        let party = self.parties.get(&entity).is_some_and(told);
        party
            || self
                .owners
                .get(&entity)
                .is_some_and(|owners| owners.iter().any(told))
    }

    /// Whoever holds an office of which nothing tells in what body ("Jarrod Tuhoe, chief executive"): the one
    /// body that the article is about.
    fn officers(&self, of: &mut FxHashMap<usize, usize>) {
        let mut first = (0, usize::MAX);
        let mut second = 0;
        for (i, e) in self.cast.entities.iter().enumerate() {
            let n = self.trail.count(i);
            if e.kind != EntityKind::Institution {
                continue;
            }
            if n > first.0 {
                second = first.0;
                first = (n, i);
            } else {
                second = second.max(n);
            }
        }
        if first.0 < 3 || first.0 < 2 * second {
            return;
        }
        for (i, e) in self.cast.entities.iter().enumerate() {
            let office = |&row: &usize| self.lex.roles[row].class == RoleClass::Office;
            if e.kind == EntityKind::Person && e.kb.is_none() && self.rows[i].iter().any(office) {
                of.entry(i).or_insert(first.1);
            }
        }
    }

    /// Whoever holds an office of a body where he is first named, and the one body named there or in the sentence before:
    /// "The union wants more. “We are tired,” its chairwoman Ida Holm said."
    fn officers_beside(&self, of: &mut FxHashMap<usize, usize>) {
        let body = |e: usize| {
            let media = |id| matches!(self.doc.kb.description(id), Some("media" | "news_agency"));
            let entity = &self.cast.entities[e];
            entity.kind == EntityKind::Institution && !entity.kb.is_some_and(media)
        };
        let mut near: Vec<&Trace> = Vec::new();
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        for t in self.trail.all() {
            work::step();
            if body(t.entity) && !t.side {
                if near.len() == 4 {
                    near.remove(0);
                }
                near.push(t);
                continue;
            }
            let e = &self.cast.entities[t.entity];
            let office = |&row: &usize| self.lex.is(WordSet::BodyRole, &self.lex.roles[row].noun);
            let officer = e.kind == EntityKind::Person
                && e.kb.is_none()
                && t.form == MentionForm::Name
                && !of.contains_key(&t.entity)
                && seen.insert(t.entity)
                && self.rows[t.entity].iter().any(office);
            if !officer {
                continue;
            }
            let mut here = near
                .iter()
                .rev()
                .filter(|n| t.sentence - n.sentence <= 1 && t.block <= n.block + 1);
            if let Some(first) = here.next()
                && here.all(|n| n.entity == first.entity)
            {
                of.insert(t.entity, first.entity);
            }
        }
    }

    /// The body or country that each person speaks for, as far as the article or the base at its date tells: "we" of
    /// its officer is the body.
    pub(super) fn bodies(&self) -> FxHashMap<usize, usize> {
        let mut of: FxHashMap<usize, usize> = FxHashMap::default();
        let is_body = |e: usize| {
            matches!(
                self.cast.entities[e].kind,
                EntityKind::Institution | EntityKind::Country
            )
        };
        let owners = self.owners.iter();
        for (entity, owner) in owners.flat_map(|(e, list)| list.iter().map(move |o| (e, o))) {
            let local = self.doc.block(owner.block).1;
            let from = local
                .candidates
                .partition_point(|c| c.tokens.start < owner.tokens.start);
            let body = local.candidates[from..]
                .iter()
                .take_while(|c| c.tokens.start < owner.tokens.end)
                .find_map(|c| self.entity_of(owner.block, c).map(|e| e.0))
                .filter(|&e| is_body(e));
            if let Some(body) = body {
                of.entry(*entity).or_insert(body);
            }
        }
        self.officers_beside(&mut of);
        self.officers(&mut of);
        let Some(day) = self.doc.date else { return of };
        let known: FxHashMap<_, _> = self
            .cast
            .entities
            .iter()
            .enumerate()
            .filter(|(i, _)| is_body(*i))
            .filter_map(|(i, e)| Some((e.kb?, i)))
            .collect();
        for (i, e) in self.cast.entities.iter().enumerate() {
            let Some(id) = e.kb.filter(|_| e.kind == EntityKind::Person) else {
                continue;
            };
            let body = self.doc.kb.tenures(id).find_map(|t| {
                let holds = t.holds(day) == Holds::Yes;
                let leads = !matches!(t.role, Role::Legislator | Role::Other);
                let org = self.doc.kb.by_code(t.org).filter(|_| holds && leads)?;
                known.get(&org).copied()
            });
            if let Some(body) = body {
                of.entry(i).or_insert(body);
            }
        }
        of
    }
}

/// Whether an age follows a name: "Ida Holm, 54,".
fn is_age(local: &Local, c: &Candidate) -> bool {
    local
        .tokens
        .list
        .get(c.tokens.end + 1)
        .is_some_and(|t| t.kind == TokenKind::Number)
}

/// "Her producer, the Grammy winner Otis Lemaire,": whether nothing but what somebody does stands between the comma at
/// `comma` and a name of two words.
fn is_behind_its_trade(local: &Local, comma: usize, c: &Candidate) -> bool {
    /// How many words may stand there.
    const MAX_TRADE: usize = 6;
    let tokens = &local.tokens;
    // "a patient northerner called Otis Holm"
    let called = matches!(tokens.fold(c.tokens.start - 1), "called" | "named");
    let trade = comma + 1..c.tokens.start - usize::from(called);
    let plain = |t: usize| {
        let token = &tokens.list[t];
        token.kind == TokenKind::Word
            && !token.tag.is_finite()
            && !matches!(token.tag, Tag::Aux | Tag::Adp | Tag::Pron | Tag::Cconj)
    };
    let last = || &tokens.list[trade.end - 1];
    tokens.mark(comma) == ","
        && !trade.is_empty()
        && trade.len() <= MAX_TRADE
        && c.tokens.len() > 1
        && trade.clone().all(plain)
        && (called || (last().tag.is_noun() || last().tag == Tag::Adj) && last().shape == Shape::Lower)
}

/// "the NLC chairman" of the Nigeria Labour Congress: whether one of a description's words spells the capitals of what
/// somebody was said to be of, or all its words those letters.
pub(super) fn is_short_for<'w>(capitals: impl Iterator<Item = &'w str>, proper: &[&str]) -> bool {
    let told: Vec<&str> = capitals.collect();
    let spells = |short: &str, words: &[&str]| {
        short.len() > 2
            && short.len() == words.len()
            && short
                .bytes()
                .zip(words)
                .all(|(b, w)| w.as_bytes().first() == Some(&b))
    };
    proper.iter().any(|short| spells(short, &told)) || matches!(told[..], [short] if spells(short, proper))
}
