//! From analyzed blocks to the article: the global stages, over the whole of it or over each part of a long text.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use crate::{
    base::{crew::Crew, date::Date, reads},
    kb::Kb,
    semantic::{
        again,
        article::{Article, Context, DateSource, Entity, Mention, Quote},
        coref, dating,
        doc::{Cast, Doc},
        local::Local,
        names,
        parts::{self, Part, Read},
        quote::{self, Found},
        sources::Sources,
    },
    syntax::block::{Block, Layout},
};

/// An article that goes on from the one before.
#[derive(Debug)]
pub enum Carried {
    /// No stage had to run.
    Whole(Box<Article>),
    /// The stages ran for some parts of it: these.
    Partly(Box<Article>, Range<usize>),
    /// All has to be read again, or nobody wants it any more.
    Not,
}

/// What the stages are given besides the blocks.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The text.
    pub text: &'a Arc<str>,
    /// What is known besides the text.
    pub context: &'a Context,
    /// What is known of the world.
    pub kb: &'a Kb,
    /// Who does the work.
    pub crew: &'a dyn Crew,
}

/// The article of an edited text out of `former`, that of the text before, which is taken and used up then like `layout`
/// and `locals`; if stages ran, it stays where `keep` asks for it. Both must be of the same knowledge base.
pub fn carry(
    former: &mut Option<Arc<Article>>,
    given: &Given<'_>,
    layout: &mut Layout,
    locals: &mut Vec<Arc<Local>>,
    keep: bool,
) -> Carried {
    let date = date_of(given, layout);
    again::again(former, given, layout, locals, (date, keep)).unwrap_or(Carried::Not)
}

fn date_of(given: &Given<'_>, layout: &Layout) -> Option<(Date, DateSource)> {
    let date = dating::date_of(given.text, layout, given.context);
    date.or_else(|| given.context.fallback_date.map(|d| (d, DateSource::Setting)))
}

/// The global stages over blocks that are analyzed already (one of `locals` for each block of `layout`); `None` when
/// the crew calls it off between two of them.
pub fn assemble(given: &Given<'_>, layout: Layout, locals: Vec<Arc<Local>>) -> Option<Article> {
    let date = date_of(given, &layout);
    let ranges = parts::cut(given.text, &layout.blocks, &locals, given.context.whole);
    let reads = read(given, &layout.blocks, &locals, date.map(|d| d.0), &ranges)?;
    let mut article = Article {
        text: given.text.clone(),
        layout,
        locals,
        date,
        ..Article::default()
    };
    article.fill(0..0, &ranges, reads);
    Some(article)
}

/// What the stages find in each of these parts; `None` when it is called off.
pub(super) fn read(
    given: &Given<'_>,
    blocks: &[Block],
    locals: &[Arc<Local>],
    date: Option<Date>,
    ranges: &[Range<usize>],
) -> Option<Vec<Read>> {
    let doc = |range: &Range<usize>| Doc {
        text: given.text,
        blocks: &blocks[range.clone()],
        locals: &locals[range.clone()],
        date,
        kb: given.kb,
    };
    if let [range] = ranges {
        // All hands on the one, whether it is the whole text or the part that was edited.
        return Some(vec![stages(&doc(range), given.crew)?]);
    }
    let reads: Vec<OnceLock<Read>> = ranges.iter().map(|_| OnceLock::new()).collect();
    given.crew.each(ranges.len(), &|i| {
        if let Some(read) = stages(&doc(&ranges[i]), &InPart(given.crew)) {
            // Each is read once.
            let _ = reads[i].set(read);
        }
    });
    reads.into_iter().map(OnceLock::into_inner).collect()
}

/// Who reads one of several parts: one thread of the crew.
struct InPart<'a>(&'a dyn Crew);

impl Crew for InPart<'_> {
    fn goes_on(&self) -> bool {
        self.0.goes_on()
    }

    fn is_called_off(&self) -> bool {
        self.0.is_called_off()
    }
}

/// The global stages.
fn stages(doc: &Doc<'_>, crew: &dyn Crew) -> Option<Read> {
    let (mut cast, mut found) = (Cast::default(), Found::default());
    let noted = if crew.goes_on() { doc.text } else { "" };
    let (mut cuts, mut other_cuts) = (Vec::new(), Vec::new());
    let mut sources = Sources::default();
    let quotations = |cast: &Cast| {
        let found = quote::find(doc, cast);
        let sources = Sources::new(doc, &found.drafts);
        (found, sources)
    };
    let asks = quote::asks_for_names(doc);
    // Who is named and what is said are found without each other, mostly.
    crew.both(
        &mut || (cast, cuts) = reads::recorded(noted, || names::resolve(doc)),
        &mut || {
            if !asks {
                ((found, sources), other_cuts) = reads::recorded(noted, || quotations(&Cast::default()));
            }
        },
    );
    if asks {
        ((found, sources), other_cuts) = reads::recorded(noted, || quotations(&cast));
    }
    if crew.is_called_off() {
        return None;
    }
    let Found {
        mut drafts,
        asides,
        lone_marks,
    } = found;
    let (mut sources, mut last_cuts) = (Some(sources), Vec::new());
    crew.both(
        &mut || {
            let sources = sources.take().unwrap_or_default();
            let stage = || coref::resolve_with(doc, &mut cast, &mut drafts, sources);
            ((), last_cuts) = reads::recorded(noted, stage);
        },
        &mut || [&cuts, &other_cuts].into_iter().for_each(|cuts| doc.note(cuts)),
    );
    doc.note(&last_cuts);
    drop((cuts, other_cuts, last_cuts));
    let Cast {
        entities,
        mentions,
        firsts,
    } = cast;
    // What the stages needed besides is given back, for the article stays.
    let mut mentions: Vec<Mention> = mentions.into_iter().map(|m| m.mention).collect();
    mentions.shrink_to_fit();
    let mut quotes: Vec<Quote> = drafts.into_iter().map(|d| d.quote).collect();
    quotes.shrink_to_fit();
    Some(Read {
        entities,
        mentions,
        quotes,
        asides,
        lone_marks,
        firsts,
    })
}

impl Article {
    /// Puts what was read of the parts of `ranges` in the place of the parts `former`; then everybody is counted anew.
    pub(super) fn fill(&mut self, former: Range<usize>, ranges: &[Range<usize>], mut reads: Vec<Read>) {
        if let ([range], [only]) = (ranges, &mut reads[..])
            && self.parts.len() == former.len()
        {
            self.parts = vec![Part::whole(range.len(), only)];
            let Read {
                entities,
                mentions,
                quotes,
                asides,
                lone_marks,
                ..
            } = std::mem::take(only);
            (self.entities, self.mentions, self.quotes) = (entities, mentions, quotes);
            (self.asides, self.lone_marks) = (asides, lone_marks);
            self.list();
            return;
        }
        let new = reads.iter_mut().zip(ranges);
        let new: Vec<Part> = new.map(|(read, range)| Part::one(range.len(), read)).collect();
        let place = |n: fn(&Part) -> usize| {
            let from = self.parts[..former.start].iter().map(n).sum::<usize>();
            from..from + self.parts[former.clone()].iter().map(n).sum::<usize>()
        };
        let (mentions, quotes) = (place(|p| p.n_mentions), place(|p| p.n_quotes));
        let (asides, lone_marks) = (place(|p| p.n_asides), place(|p| p.n_lone_marks));
        put(&mut self.mentions, mentions, &mut reads, |r| &mut r.mentions);
        put(&mut self.quotes, quotes, &mut reads, |r| &mut r.quotes);
        put(&mut self.asides, asides, &mut reads, |r| &mut r.asides);
        put(&mut self.lone_marks, lone_marks, &mut reads, |r| {
            &mut r.lone_marks
        });
        drop(reads);
        self.parts.splice(former, new);
        self.count_anew();
    }

    /// Joins the entities of the parts and gives mentions and quotations their numbers.
    fn count_anew(&mut self) {
        let parts = self.parts.iter_mut();
        let was: Vec<Vec<usize>> = parts.map(|p| std::mem::take(&mut p.index)).collect();
        let n_before = self.entities.len();
        self.entities = parts::join(&mut self.parts);
        let (mut mentions, mut quotes) = (&mut self.mentions[..], &mut self.quotes[..]);
        // Where each number of before leads in the part at hand.
        let mut leads = vec![usize::MAX; n_before];
        for (part, was) in self.parts.iter().zip(was) {
            let (m, q);
            (m, mentions) = mentions.split_at_mut(part.n_mentions);
            (q, quotes) = quotes.split_at_mut(part.n_quotes);
            let leads = match was.is_empty() {
                // It was never counted.
                true => &part.index[..],
                false if was == part.index => continue,
                false => {
                    was.iter()
                        .zip(&part.index)
                        .for_each(|(&was, &is)| leads[was] = is);
                    &leads[..]
                }
            };
            m.iter_mut().for_each(|m| m.entity = leads[m.entity]);
            for quote in q {
                for entity in [&mut quote.speaker, &mut quote.rival].into_iter().flatten() {
                    *entity = leads[*entity];
                }
            }
        }
        self.list();
    }

    /// Gives each entity the list of its mentions and quotations.
    fn list(&mut self) {
        for (i, mention) in self.mentions.iter().enumerate() {
            if let Some(entity) = self.entities.get_mut(mention.entity) {
                entity.mentions.push(i);
            }
        }
        for (i, quote) in self.quotes.iter().enumerate() {
            if let Some(Entity { quotes, .. }) = quote.speaker.and_then(|s| self.entities.get_mut(s)) {
                quotes.push(i);
            }
        }
    }
}

/// Puts what was read in the place of `former`.
fn put<T>(list: &mut Vec<T>, former: Range<usize>, reads: &mut [Read], of: fn(&mut Read) -> &mut Vec<T>) {
    let n: usize = reads.iter_mut().map(|r| of(r).len()).sum();
    list.reserve_exact(n.saturating_sub(former.len()));
    let new = reads.iter_mut().flat_map(|r| std::mem::take(of(r)));
    list.splice(former, new);
}
