//! One annotation held against another, stage by stage.

use super::{
    Span, cluster, overlap,
    record::{FORMS, Mention, Quote, Record},
    tally::Tally,
    touch,
};

/// Two annotations of one text: what is right, and what is judged.
pub(crate) struct Pair<'a> {
    text: Vec<char>,
    pub(super) gold: &'a Record,
    pub(super) system: &'a Record,
    /// Mentions that are the same, as (gold, system).
    pub(super) matched: Vec<(usize, usize)>,
}

/// A piece of quoted speech: what stands in marks, else the whole.
pub(super) struct Piece<'a> {
    pub(super) span: Span,
    pub(super) quote: &'a Quote,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(text: &str, gold: &'a Record, system: &'a Record) -> Self {
        Self {
            text: text.chars().collect(),
            matched: match_mentions(gold, system),
            gold,
            system,
        }
    }

    /// Adds everything to `tally`, and a line to `errors` for each wrong answer.
    pub(crate) fn score(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        self.mentions(tally, errors);
        self.links(tally, errors);
        self.coreference(tally);
        self.pronouns(tally, errors);
        self.pieces(tally, errors);
        self.asides(tally, errors);
        self.parts(tally);
        self.warnings(tally, errors);
    }

    fn mentions(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        let (n_gold, n_system) = (self.gold.mentions.len(), self.system.mentions.len());
        let n = self.matched.len();
        tally.found("mentions", n, n_system - n, n_gold - n);
        for (_, form) in FORMS {
            let of = |r: &Record, i: usize| r.mentions[i].form == form;
            let all = |r: &Record| r.mentions.iter().filter(|m| m.form == form).count();
            let (gold, system) = (all(self.gold), all(self.system));
            if gold + system == 0 {
                continue;
            }
            // Precision asks of those that the system calls so, recall of those that are so.
            let right_system = self.matched.iter().filter(|p| of(self.system, p.1)).count();
            let right_gold = self.matched.iter().filter(|p| of(self.gold, p.0)).count();
            tally.ratio(
                &format!("mentions: {form}"),
                (right_system as f64, system as f64),
                (right_gold as f64, gold as f64),
            );
        }
        for &(g, s) in &self.matched {
            tally.share(
                "form of a mention that is found",
                self.gold.mentions[g].form == self.system.mentions[s].form,
            );
        }
        for (i, m) in self.gold.mentions.iter().enumerate() {
            if !self.matched.iter().any(|p| p.0 == i) {
                errors.push(self.line(&format!("missed {}", m.form), m.span, ""));
            }
        }
        for (i, m) in self.system.mentions.iter().enumerate() {
            if !self.matched.iter().any(|p| p.1 == i) {
                let name = &self.system.entities[m.entity].name;
                errors.push(self.line(&format!("extra {}", m.form), m.span, name));
            }
        }
    }

    /// Ids of named mentions, as far as the gold set has ids.
    fn links(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        let named = |r: &'a Record| {
            r.mentions.iter().filter(|m| m.is_naming()).filter_map(|m| {
                let e = &r.entities[m.entity];
                e.wikidata.as_ref().map(|q| (m.span, q, &e.kind))
            })
        };
        for kind in ["person", "country", "institution", "place"] {
            let hit = |span: Span, q: &String, r: &'a Record| {
                named(r).any(|(s, other, _)| overlap(s, span) > 0 && other == q)
            };
            let (mut right, mut missed, mut extra) = (0, 0, 0);
            for (span, q, k) in named(self.gold) {
                if k == kind {
                    if hit(span, q, self.system) {
                        right += 1;
                    } else {
                        missed += 1;
                        errors.push(self.line(&format!("no link {kind}"), span, q));
                    }
                }
            }
            for (span, q, k) in named(self.system) {
                if k == kind && !hit(span, q, self.gold) {
                    extra += 1;
                    errors.push(self.line(&format!("false link {kind}"), span, q));
                }
            }
            tally.found(&format!("id: {kind}"), right, extra, missed);
        }
        let unknown = self
            .gold
            .entities
            .iter()
            .enumerate()
            .filter(|(i, e)| e.kind == "person" && e.wikidata.is_none() && self.gold.is_named(*i));
        for (g, e) in unknown {
            let found = (0..self.system.entities.len())
                .any(|s| self.is_same(g, s) && self.system.entities[s].kind == "person");
            tally.share("people outside the base found as persons", found);
            if !found {
                errors.push(format!("unknown person not found [{}] {}", self.gold.id, e.name));
            }
        }
    }

    fn coreference(&self, tally: &mut Tally) {
        let people = |r: &Record, e: usize| matches!(&*r.entities[e].kind, "person" | "group");
        for (prefix, keep_people_only) in [("coreference", false), ("coreference of people", true)] {
            let keep = |r: &Record, e: usize| !keep_people_only || people(r, e);
            let key = cluster::of(self.gold, |i| i, keep);
            let response = cluster::of(
                self.system,
                |i| {
                    let same = self.matched.iter().find(|p| p.1 == i);
                    same.map_or(self.gold.mentions.len() + i, |p| p.0)
                },
                keep,
            );
            cluster::score(tally, prefix, &key, &response);
        }
    }

    fn pronouns(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        for m in self.gold.mentions.iter().filter(|m| m.form == "pronoun") {
            let found = self.system.mentions.iter().find(|s| s.span == m.span);
            let is_right = found.is_some_and(|s| self.is_same(m.entity, s.entity));
            tally.share("pronouns with the right entity", is_right);
            if !is_right {
                let got = found.map_or("nobody", |s| &self.system.entities[s.entity].name);
                let want = &self.gold.entities[m.entity].name;
                errors.push(self.line("pronoun", m.span, &format!("is {want}, got {got}")));
            }
        }
        for quote in &self.gold.quotes {
            let Some(speaker) = quote.speaker else { continue };
            let is_pronoun = |s: &Span| {
                self.gold
                    .mentions
                    .iter()
                    .any(|m| m.span == *s && m.form == "pronoun" && m.entity == speaker)
            };
            if quote.cue.is_empty() || !quote.source.iter().any(is_pronoun) {
                continue;
            }
            let Some(best) = self.best_quote(quote) else {
                tally.share("pronouns as sources with the right entity", false);
                let want = &self.gold.entities[speaker].name;
                let quoted = format!("is {want}, its quotation is not found");
                errors.push(self.line("pronoun source", quote.source[0], &quoted));
                continue;
            };
            let is_right = best.speaker.is_some_and(|s| self.is_same(speaker, s));
            tally.share("pronouns as sources with the right entity", is_right);
            if touch(&best.source, &quote.source) {
                tally.share("  of those whose quotation and source are found", is_right);
            }
            if !is_right {
                let got = best.speaker.map_or("nobody", |s| &self.system.entities[s].name);
                let want = &self.gold.entities[speaker].name;
                errors.push(self.line(
                    "pronoun source",
                    quote.source[0],
                    &format!("is {want}, got {got}"),
                ));
            }
        }
    }

    /// Quoted speech by length: is it found, of what kind, and who says it?
    fn pieces(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        let gold = pieces(self.gold);
        let system = pieces(self.system);
        let same = gold
            .iter()
            .filter(|g| system.iter().any(|s| s.span == g.span))
            .count();
        tally.found(
            "quoted speech, exact marks",
            same,
            system.len() - same.min(system.len()),
            gold.len() - same,
        );
        for piece in &gold {
            let best = self.best_piece(piece.span);
            let kind = best.map_or("nothing", |q| &*q.kind);
            tally.share("kind of quoted speech", kind == piece.quote.kind);
            if kind != piece.quote.kind {
                errors.push(self.line(
                    &format!("kind {} taken for {kind}", piece.quote.kind),
                    piece.span,
                    "",
                ));
            }
            let Some(speaker) = piece.quote.speaker else {
                let named = best.and_then(|q| q.speaker);
                tally.share("quoted speech without source left without", named.is_none());
                if let Some(s) = named {
                    let name = &self.system.entities[s].name;
                    errors.push(self.line("sourceless given a speaker", piece.span, name));
                }
                continue;
            };
            let size = self.size(piece.span);
            let source = best.is_some_and(|q| touch(&q.source, &piece.quote.source));
            let named = best.and_then(|q| q.speaker);
            let entity = named.is_some_and(|s| self.is_same(speaker, s));
            tally.share(&format!("{size} words: right source"), source);
            tally.share(&format!("{size} words: right speaker"), entity);
            if !source || !entity {
                let got = named.map_or("nobody", |s| &self.system.entities[s].name);
                let want = &self.gold.entities[speaker].name;
                let what = if source { "speaker" } else { "source" };
                errors.push(self.line(
                    &format!("wrong {what} {size} {}", piece.quote.attribution),
                    piece.span,
                    &format!("is {want}, got {got}"),
                ));
            }
        }
    }

    fn asides(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        for aside in &self.gold.asides {
            let most = |s: Span| 2 * overlap(aside.span, s) > aside.span.1 - aside.span.0;
            // Words inside a longer quotation are part of what is said, whatever they are besides.
            let taken = pieces(self.system)
                .iter()
                .find(|p| most(p.span) && p.span.1 - p.span.0 < 2 * (aside.span.1 - aside.span.0))
                .map(|p| p.quote.kind.clone());
            tally.share("asides kept out of speech", taken.is_none());
            if let Some(kind) = taken {
                errors.push(self.line(&format!("aside {} taken for {kind}", aside.kind), aside.span, ""));
            }
            let known = self.system.asides.iter().find(|a| most(a.span));
            tally.share("kind of aside", known.is_some_and(|a| a.kind == aside.kind));
            if known.is_none_or(|a| a.kind != aside.kind) {
                let got = known.map_or("nothing", |a| &a.kind);
                errors.push(self.line(
                    &format!("kind of aside {} taken for {got}", aside.kind),
                    aside.span,
                    "",
                ));
            }
        }
    }

    /// Source, cue and content of all attributions, to the character.
    fn parts(&self, tally: &mut Tally) {
        let parts: [(&str, fn(&Quote) -> &Vec<Span>); 3] = [
            ("source", |q| &q.source),
            ("cue", |q| &q.cue),
            ("content", |q| &q.spans),
        ];
        for (name, part) in parts {
            let set = |r: &Record| -> Vec<Span> {
                let mut all: Vec<Span> = r.quotes.iter().flat_map(|q| part(q).clone()).collect();
                all.sort_unstable();
                all.dedup();
                all
            };
            let (gold, system) = (set(self.gold), set(self.system));
            let same = gold.iter().filter(|g| system.contains(g)).count();
            tally.found(
                &format!("exact {name}, all attributions"),
                same,
                system.len() - same,
                gold.len() - same,
            );
        }
        let known: Vec<&Quote> = self
            .gold
            .quotes
            .iter()
            .filter(|q| q.kind == "indirect" && q.speaker.is_some())
            .collect();
        for quote in known {
            let best = self.best_quote(quote).and_then(|q| q.speaker);
            let is_right = best.is_some_and(|s| quote.speaker.is_some_and(|g| self.is_same(g, s)));
            tally.share("indirect speech: right speaker", is_right);
        }
    }

    fn warnings(&self, tally: &mut Tally, errors: &mut Vec<String>) {
        let wanted: Vec<&Quote> = self.gold.quotes.iter().filter(|q| q.should_warn).collect();
        let (mut right, mut missed) = (0, 0);
        for quote in &wanted {
            if touch(&self.system.warnings, &quote.spans) {
                right += 1;
            } else {
                missed += 1;
                errors.push(self.line("no warning", quote.spans[0], ""));
            }
        }
        let is_false = |warning: &&Span| !wanted.iter().any(|q| touch(&q.spans, &[**warning]));
        let extra: Vec<&Span> = self.system.warnings.iter().filter(is_false).collect();
        for warning in &extra {
            errors.push(self.line("false warning", **warning, ""));
        }
        tally.found("warnings of a missing source", right, extra.len(), missed);
        for piece in pieces(self.gold).iter().filter(|p| p.quote.speaker.is_some()) {
            let fired = touch(&self.system.warnings, &[piece.span]);
            tally.share("attributed speech without a false warning", !fired);
        }
    }

    /// The system's quotation over a piece in marks: one that has it in marks, else one that covers it.
    fn best_piece(&self, span: Span) -> Option<&'a Quote> {
        let most = |s: &Span| 2 * overlap(*s, span) > span.1 - span.0;
        let covered = |spans: &[Span]| spans.iter().map(|&s| overlap(s, span)).sum::<usize>();
        let quotes = &self.system.quotes;
        // Of a quotation inside another one, the one with the same marks.
        let close = |q: &Quote| q.marked.iter().map(|&s| jaccard(s, span)).max();
        quotes
            .iter()
            .rev()
            .filter(|q| q.marked.iter().any(most))
            .max_by_key(|q| close(q))
            .or_else(|| quotes.iter().rev().max_by_key(|q| covered(&q.spans)))
            .filter(|q| 2 * covered(&q.spans) > span.1 - span.0)
    }

    fn best_quote(&self, quote: &Quote) -> Option<&'a Quote> {
        if quote.kind != "indirect" {
            let piece = quote.marked.first().or(quote.spans.first());
            return piece.and_then(|&s| self.best_piece(s));
        }
        let shared = |q: &Quote| -> usize {
            let of = |s: &Span| q.spans.iter().map(|&t| overlap(*s, t)).sum::<usize>();
            quote.spans.iter().map(of).sum()
        };
        // Of a report inside a quotation and the quotation, which hold the words alike, the one that is no longer.
        let size = |q: &Quote| q.spans.iter().map(|s| s.1 - s.0).sum::<usize>();
        let best = self
            .system
            .quotes
            .iter()
            .rev()
            .max_by_key(|q| (shared(q), std::cmp::Reverse(size(q))));
        let length: usize = quote.spans.iter().map(|s| s.1 - s.0).sum();
        best.filter(|q| 2 * shared(q) > length)
    }

    /// Whether a gold entity and one of the system are the same: by id where both have one, else by the names
    /// that are given to them, else, for those without a name, by the places where they are mentioned.
    fn is_same(&self, gold: usize, system: usize) -> bool {
        let ids = (
            &self.gold.entities[gold].wikidata,
            &self.system.entities[system].wikidata,
        );
        if let (Some(a), Some(b)) = ids {
            return a == b;
        }
        let needs_name = self.gold.is_named(gold);
        if needs_name && self.gold.entities[gold].name == self.system.entities[system].name {
            return true;
        }
        // A description that begins with a name ("Ada Brook of the harbor board") names, too.
        let begins_with_name = |m: &Mention| {
            let by_name = |g: &&Mention| matches!(&*g.form, "name" | "surname" | "alias" | "acronym");
            m.form == "description"
                && self.gold.mentions.iter().filter(by_name).any(|g| {
                    // "Ada Brook’s father" names nobody.
                    let whose = matches!(self.text.get(g.span.1), Some('’' | '\''));
                    g.span.0 == m.span.0 && g.span.1 <= m.span.1 && !whose
                })
        };
        let (mut own, mut others) = (0, 0);
        for m in &self.system.mentions {
            if m.entity != system || (needs_name && !m.is_naming() && !begins_with_name(m)) {
                continue;
            }
            let there = self
                .gold
                .mentions
                .iter()
                .filter(|g| !needs_name || g.is_naming())
                .max_by_key(|g| jaccard(g.span, m.span));
            match there.filter(|g| overlap(g.span, m.span) > 0) {
                Some(g) if g.entity == gold => own += 1,
                Some(_) => others += 1,
                None => {}
            }
        }
        own > others
    }

    fn size(&self, span: Span) -> &'static str {
        let words = self.text[span.0..span.1]
            .split(|c| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .count();
        match words {
            7.. => SIZES[0],
            4..=6 => SIZES[1],
            _ => SIZES[2],
        }
    }

    /// A line of the list of errors: what, where, and the words around.
    fn line(&self, what: &str, span: Span, more: &str) -> String {
        let cut = |a: usize, b: usize| -> String {
            let s: String = self.text[a.min(self.text.len())..b.min(self.text.len())]
                .iter()
                .collect();
            s.replace(['\n', '\r'], " ")
        };
        format!(
            "{what} [{}] …{}⟦{}⟧{}… {more}",
            self.gold.id,
            cut(span.0.saturating_sub(60), span.0),
            cut(span.0, span.1),
            cut(span.1, span.1 + 60),
        )
    }
}

/// Rows in the order of reading.
pub(crate) const ROWS: &[&str] = &[
    "mentions",
    "mentions: name",
    "mentions: surname",
    "mentions: acronym",
    "mentions: alias",
    "mentions: demonym",
    "mentions: metonym",
    "mentions: place",
    "mentions: title",
    "mentions: description",
    "mentions: pronoun",
    "form of a mention that is found",
    "id: person",
    "id: country",
    "id: institution",
    "id: place",
    "people outside the base found as persons",
    "coreference MUC",
    "coreference B³",
    "coreference CEAFe",
    "coreference LEA",
    "coreference of people MUC",
    "coreference of people B³",
    "coreference of people CEAFe",
    "coreference of people LEA",
    "pronouns with the right entity",
    "pronouns as sources with the right entity",
    "  of those whose quotation and source are found",
    "quoted speech, exact marks",
    "kind of quoted speech",
    "7 or more words: right source",
    "7 or more words: right speaker",
    "4 to 6 words: right source",
    "4 to 6 words: right speaker",
    "1 to 3 words: right source",
    "1 to 3 words: right speaker",
    "indirect speech: right speaker",
    "quoted speech without source left without",
    "asides kept out of speech",
    "kind of aside",
    "exact source, all attributions",
    "exact cue, all attributions",
    "exact content, all attributions",
    "warnings of a missing source",
    "attributed speech without a false warning",
];

const SIZES: [&str; 3] = ["7 or more", "4 to 6", "1 to 3"];

pub(super) fn pieces(record: &Record) -> Vec<Piece<'_>> {
    let speech = record.quotes.iter().filter(|q| q.kind != "indirect");
    speech
        .flat_map(|quote| {
            let spans = if quote.marked.is_empty() {
                &quote.spans
            } else {
                &quote.marked
            };
            spans.iter().map(move |&span| Piece { span, quote })
        })
        .collect()
}

/// A thousand times the share of what is common in what either covers.
fn jaccard(a: Span, b: Span) -> usize {
    let both = overlap(a, b);
    1000 * both / (a.1 - a.0 + b.1 - b.0 - both).max(1)
}

/// Mentions with the same span; descriptions also where one holds the other, as guides to noun phrases differ.
fn match_mentions(gold: &Record, system: &Record) -> Vec<(usize, usize)> {
    let mut matched = Vec::new();
    let mut used_gold = vec![false; gold.mentions.len()];
    let mut used_system = vec![false; system.mentions.len()];
    let loose = |m: &Mention| matches!(&*m.form, "description" | "title");
    let tests: [&dyn Fn(&Mention, &Mention) -> bool; 2] = [&|a, b| a.span == b.span, &|a, b| {
        let shared = overlap(a.span, b.span);
        loose(a) && loose(b) && shared > 0 && shared == (a.span.1 - a.span.0).min(b.span.1 - b.span.0)
    }];
    for test in tests {
        for (g, a) in gold.mentions.iter().enumerate() {
            if used_gold[g] {
                continue;
            }
            let found = system
                .mentions
                .iter()
                .enumerate()
                .position(|(s, b)| !used_system[s] && test(a, b));
            if let Some(s) = found {
                used_gold[g] = true;
                used_system[s] = true;
                matched.push((g, s));
            }
        }
    }
    matched.sort_unstable();
    matched
}

#[cfg(test)]
mod tests {
    use super::{super::markup, Pair, Tally};

    const HEAD: &str = "@id t\n@entity A person - Ada Brook\n@entity B person - Bo Carr\n@text\n";

    fn judge(gold: &str, system: &str) -> Tally {
        let gold = format!("{HEAD}{gold}");
        let text = markup::plain(&gold).expect("a head");
        let gold = markup::read(&gold, &text).expect("gold");
        let system = markup::read(&format!("{HEAD}{system}"), &text).expect("system");
        let mut tally = Tally::default();
        Pair::new(&text, &gold, &system).score(&mut tally, &mut Vec::new());
        tally
    }

    const GOLD: &str =
        "{A|Ada Brook} met {B|Bo Carr}. {q1 d A|“I am late for the last train, Bo,”} {A o s1|she} {c1|said}.";

    #[test]
    fn the_same_is_right() {
        let tally = judge(GOLD, GOLD);
        for row in [
            "pronouns as sources with the right entity",
            "7 or more words: right speaker",
        ] {
            assert_eq!(tally.share_of(row), (1, 1), "{row}");
        }
        assert_eq!(tally.f1("coreference B³"), 100.0);
        assert_eq!(tally.f1("exact cue, all attributions"), 100.0);
    }

    #[test]
    fn the_right_word_for_the_wrong_person_is_half_right() {
        let other = GOLD.replace("q1 d A", "q1 d B").replace("{A o s1|", "{B o s1|");
        let tally = judge(GOLD, &other);
        assert_eq!(tally.share_of("7 or more words: right source"), (1, 1));
        assert_eq!(tally.share_of("7 or more words: right speaker"), (0, 1));
        assert_eq!(tally.share_of("pronouns with the right entity"), (0, 1));
    }

    #[test]
    fn a_pronoun_that_leads_to_no_name_is_wrong() {
        let lost = "{A|Ada Brook} met {B|Bo Carr}. {q1 d C|“I am late for the last train, Bo,”} {C o s1|she} {c1|said}.";
        let text = markup::plain(&format!("{HEAD}{GOLD}")).expect("a head");
        let gold = markup::read(&format!("{HEAD}{GOLD}"), &text).expect("gold");
        let head = HEAD.replace("@text", "@entity C person - she\n@text");
        let system = markup::read(&format!("{head}{lost}"), &text).expect("system");
        let mut tally = Tally::default();
        Pair::new(&text, &gold, &system).score(&mut tally, &mut Vec::new());
        assert_eq!(tally.share_of("7 or more words: right source"), (1, 1));
        assert_eq!(tally.share_of("7 or more words: right speaker"), (0, 1));
    }
}
