//! Country names, words derived from them, capitals and seats of power.

use crate::{
    kb::{Kind, NameForm},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        club::team,
        lexicon::{self, Lexicon},
        local::Local,
        mention::{Candidate, Cue, Cues, Hit, Name},
        names::{Decision, Resolver, has_agency},
        wordsets::WordSet,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// "the Spaniard said", "said the German": one person, whoever was spoken of, and not the country.
pub(super) fn is_one_of_them(local: &Local, c: &Candidate) -> bool {
    // "The Spaniard was late"
    let verb = || {
        let next = local.tokens.list.get(c.tokens.end);
        next.is_some_and(|t| t.tag == Tag::Aux || t.tag.is_finite())
    };
    is_one(local, c) && (c.cues.has(Cue::Speaks) || c.cues.has(Cue::Acts) || verb())
}

/// Whether a word for a people stands for one of them by its form: "the Italian", not "the British", "the Italians".
pub(super) fn is_one(local: &Local, c: &Candidate) -> bool {
    let (first, end) = (c.tokens.start, c.tokens.end);
    let word = local.tokens.fold(end - 1);
    let many = ["s", "ese", "ish", "ch"].iter().any(|tail| word.ends_with(tail));
    c.tokens.len() == 1
        && !many
        && first > 0
        && local.tokens.fold(first - 1) == "the"
        && local.tokens.list[first].tag != Tag::NounPl
        && !c.cues.has(Cue::TitleCase)
}

/// Whether the word at `at` is part of a title: "the Duke of York", "Baroness Hale of Richmond".
pub(super) fn is_peerage(lex: &Lexicon, local: &Local, at: usize) -> bool {
    at > 1
        && local.listed(at - 1) == "of"
        && [2, 3].iter().any(|n| {
            at >= *n
                && local.tokens.list[at - n].shape == Shape::Capital
                && lex.is(WordSet::Peerage, local.tokens.fold(at - n))
                // "the Lord Mayor of Halm" is no lord.
                && (*n == 2 || !lex.is_role(local.tokens.fold(at - 2)))
        })
}

/// The country or place that a name means, if it is a geographical one.
pub(super) fn country(
    r: &mut Resolver<'_, '_>,
    b: usize,
    local: &Local,
    c: &Candidate,
    name: &Name,
) -> Option<Decision> {
    if name.hits.iter().all(|h| h.kind == Kind::Person) || is_peerage(r.lex, local, c.tokens.start) {
        return None;
    }
    let at = Geo { b, local, c, name };
    let lands = at.hits().filter(|h| {
        h.kind == Kind::Country && matches!(h.form, NameForm::Name | NameForm::Alias | NameForm::Acronym)
    });
    if let Some(land) = nearest(r, lands) {
        return at.as_country(r, land);
    }
    let people = at
        .hits()
        .filter(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun) && h.kind == Kind::Country);
    if let Some(land) = nearest(r, people.clone()) {
        if is_language(local, c) || is_one_of_them(local, c) {
            return None;
        }
        let several = people.into_iter().any(|h| h.entity != land.entity);
        let score = if several { 0.8 } else { 0.95 };
        let why = "a word for the people of";
        return Some(decide(r, b, c, land, MentionForm::Demonym, score, why));
    }
    // "the Scot": one of a people whose land is no state.
    let of_people = |h: &Hit| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun);
    if at.hits().any(of_people) && is_one_of_them(local, c) {
        return None;
    }
    let is_seat = |h: &&Hit| matches!(h.form, NameForm::Capital | NameForm::Metonym);
    if !at.hits().any(|h| is_seat(&h)) {
        return at.as_place(r);
    }
    if at.hits().any(|h| h.form == NameForm::Capital) {
        return at.as_capital(r);
    }
    // "Benghazi" stands for those who rule from there, and is a city too.
    let also_city = at
        .hits()
        .any(|h| h.kind == Kind::Place && (h.exact || c.cues.has(Cue::Capitals)));
    if also_city && is_place_here(r, local, c) {
        return at.as_place(r);
    }
    let land = nearest(r, at.hits().filter(is_seat))?;
    Some(at.as_seat(r, land))
}

/// A name that may be a geographical one, in its block.
struct Geo<'a> {
    b: usize,
    local: &'a Local,
    c: &'a Candidate,
    name: &'a Name,
}

impl<'a> Geo<'a> {
    /// What the base has by that name, people left out.
    fn hits(&self) -> impl Iterator<Item = &'a Hit> + Clone + use<'a> {
        let (name, cues) = (self.name, self.c.cues);
        let of_no_person = name.hits.iter().filter(|h| h.kind != Kind::Person);
        // "Nice weather", "Male patients": such a name means the town only where a town is looked for.
        of_no_person.filter(move |h| {
            let town = h.form == NameForm::Capital || h.form == NameForm::Name && h.kind == Kind::Place;
            !(h.weak && town) || cues.has(Cue::Locative)
        })
    }

    /// The place of the base, if it has one.
    fn as_place(&self, r: &mut Resolver<'_, '_>) -> Option<Decision> {
        place_of_base(r, self.b, self.c, self.hits().find(|h| h.kind == Kind::Place))
    }

    /// A name of the country `land`, or of a town, a region or a team that is called so.
    fn as_country(&self, r: &mut Resolver<'_, '_>, land: &Hit) -> Option<Decision> {
        let (b, local, c) = (self.b, self.local, self.c);
        // "Lebanon, Ohio,": the town.
        if local.tokens.fold(c.tokens.end) == ","
            && region_behind(r, local, c.tokens.end + 1).is_some_and(|region| region != land.entity)
        {
            let entity = r.place(b, c);
            return Some(self.here(r, entity, "a town of the region named behind it"));
        }
        if not_the_country(r, local, c, land) {
            // The region of that name, where the base has it ("Georgia").
            let region = self.hits().find(|h| h.kind == Kind::Place && h.exact);
            let new = c.tokens.start > 0 && local.tokens.list[c.tokens.start - 1].shape == Shape::Capital;
            return if new { None } else { place_of_base(r, b, c, region) };
        }
        // "the South" is a country only where the article speaks of it by name.
        if c.tokens.len() == 1
            && land.form == NameForm::Alias
            && is_common_word(local.tokens.fold(c.tokens.start))
            && r.in_cast(land.entity).is_none()
        {
            return None;
        }
        if is_team_noun(r, local, c) || c.tokens.len() == 1 && r.survey.is_sport() && is_team(r, local, c) {
            return Some(team(r, b, c, land));
        }
        Some(decide(r, b, c, land, form_of(land), 0.97, "a name of"))
    }

    /// "the Kremlin", "Downing Street": whoever sits there, in the country `land`.
    fn as_seat(&self, r: &mut Resolver<'_, '_>, land: &Hit) -> Decision {
        let kb = r.doc.kb;
        let seat = self.name.hits.iter().find(|h| {
            matches!(kb.description(h.entity), Some("executive" | "ministry"))
                && kb.country_of(h.entity) == Some(land.entity)
        });
        let Some(seat) = seat else {
            let why = "a seat of power that stands for";
            return decide(r, self.b, self.c, land, MentionForm::Metonym, 0.9, why);
        };
        let mut decision = decide(r, self.b, self.c, seat, MentionForm::Metonym, 0.93, "");
        let land = kb.in_sentence(land.entity);
        decision.evidence.reason = match kb.description(seat.entity) {
            Some("executive") => format!("a seat of power that stands for the government of {land}").into(),
            _ => {
                let body = kb.name(seat.entity);
                format!("a seat of power in {land} that stands for {body}").into()
            }
        };
        decision
    }

    /// A capital: the city, or the government that sits there.
    fn as_capital(&self, r: &mut Resolver<'_, '_>) -> Option<Decision> {
        let (kb, local, c) = (r.doc.kb, self.local, self.c);
        // "Washington state", "New York state"
        if local.tokens.fold(c.tokens.end) == "state"
            && let Some(region) = self.hits().find(|h| kb.description(h.entity) == Some("region"))
        {
            return place_of_base(r, self.b, c, Some(region).filter(|h| h.kind == Kind::Place));
        }
        let mut best = nearest(r, self.hits().filter(|h| h.form == NameForm::Capital))?;
        // "Brussels" is the European Union where nothing else speaks of Belgium.
        let body = self
            .hits()
            .find(|h| h.kind == Kind::Institution && matches!(h.form, NameForm::Capital | NameForm::Metonym));
        if let Some(body) = body
            && kb.code(best.entity).is_none_or(|code| r.scene.weight(code) == 0)
        {
            best = body;
        }
        let stands_for = if best.kind == Kind::Institution {
            "a seat of power that stands for"
        } else {
            "the capital stands for the government of"
        };
        if c.cues.has(Cue::CommaPlace) && !has_agency(c.cues) || is_place_here(r, local, c) {
            let entity = match self.hits().find(|h| h.kind == Kind::Place) {
                Some(h) => r.known(EntityKind::Place, h.entity),
                None => r.place(self.b, c),
            };
            return Some(self.here(r, entity, "named as a place here, not as a government"));
        }
        Some(decide(r, self.b, c, best, MentionForm::Metonym, 0.85, stands_for))
    }

    /// The place that is meant where the words around the name say so.
    fn here(&self, r: &Resolver<'_, '_>, entity: usize, why: &'static str) -> Decision {
        Decision {
            entity,
            form: MentionForm::Place,
            score: 0.85,
            evidence: Evidence {
                reason: why.into(),
                at: None,
            },
        }
        .at(r.doc, self.b, self.c)
    }
}

/// The country of the region that is named at token `t`.
fn region_behind(r: &Resolver<'_, '_>, local: &Local, t: usize) -> Option<crate::kb::EntityId> {
    let kb = r.doc.kb;
    let at = local.candidates.partition_point(|c| c.tokens.start < t);
    let c = local.candidates.get(at).filter(|c| c.tokens.start == t)?;
    let region = c
        .hits()
        .iter()
        .find(|h| kb.description(h.entity) == Some("region"))?;
    kb.country_of(region.entity)
}

/// A city or region of the base.
fn place_of_base(r: &mut Resolver<'_, '_>, b: usize, c: &Candidate, hit: Option<&Hit>) -> Option<Decision> {
    let best = hit?;
    if is_team_noun(r, r.doc.block(b).1, c)
        || c.tokens.len() == 1 && r.survey.is_sport() && is_team(r, r.doc.block(b).1, c)
    {
        return Some(team(r, b, c, best));
    }
    let entity = r.known(EntityKind::Place, best.entity);
    Some(
        Decision {
            entity,
            form: MentionForm::Place,
            score: 0.9,
            evidence: Evidence {
                reason: r.of_base("a name of", best.entity),
                at: None,
            },
        }
        .at(r.doc, b, c),
    )
}

fn decide(
    r: &mut Resolver<'_, '_>,
    b: usize,
    c: &Candidate,
    hit: &Hit,
    form: MentionForm,
    score: f32,
    why: &'static str,
) -> Decision {
    let kind = match hit.kind {
        Kind::Country => EntityKind::Country,
        Kind::Place => EntityKind::Place,
        Kind::Person => EntityKind::Person,
        Kind::Institution => EntityKind::Institution,
    };
    let entity = r.known(kind, hit.entity);
    Decision {
        entity,
        form,
        score,
        evidence: Evidence {
            reason: r.of_base(why, hit.entity),
            at: None,
        },
    }
    .at(r.doc, b, c)
}

/// "England captain", "Scotland v Samoa": a team's name whatever else the article reports.
fn is_team_noun(r: &Resolver<'_, '_>, local: &Local, c: &Candidate) -> bool {
    let versus = |t: usize| matches!(local.listed(t), "v" | "vs" | "versus");
    let key = crate::semantic::names::key(local, c);
    let place = c.cues.has(Cue::In) || c.cues.has(Cue::CommaPlace);
    r.lex.is(WordSet::TeamNoun, local.listed(c.tokens.end))
        || r.survey.is_team(&key) && !place
        || versus(c.tokens.end)
        || c.tokens.start > 0 && versus(c.tokens.start - 1)
}

/// Whether a country's name stands for its team here: the sentence has a word of sport, and the name is no place.
fn is_team(r: &Resolver<'_, '_>, local: &Local, c: &Candidate) -> bool {
    if c.cues.has(Cue::In)
        || c.cues.has(Cue::CommaPlace)
        || c.cues.has(Cue::Owner) && !is_team_noun(r, local, c)
    {
        return false;
    }
    let Some(sentence) = local.sentences.get(local.sentence_of(c.tokens.start)) else {
        return false;
    };
    let near = sentence.start.max(c.tokens.start.saturating_sub(4))..sentence.end.min(c.tokens.end + 4);
    near.into_iter().any(|t| {
        let word = local.tokens.fold(t);
        r.lex.is(WordSet::TeamVerb, word) || r.lex.is(WordSet::Sport, word)
    })
}

fn form_of(hit: &Hit) -> MentionForm {
    match hit.form {
        NameForm::Alias => MentionForm::Alias,
        NameForm::Acronym => MentionForm::Acronym,
        _ => MentionForm::Name,
    }
}

/// The one that the article is nearest to; of equals the one of higher rank, then the one that exists today.
fn nearest<'h>(r: &Resolver<'_, '_>, mut hits: impl Iterator<Item = &'h Hit>) -> Option<&'h Hit> {
    // Most names are one country's; weighing it costs as much as the rest of the decision.
    let first = hits.next()?;
    let Some(second) = hits.next() else {
        return Some(first);
    };
    [first, second].into_iter().chain(hits).max_by_key(|h| {
        let historical = r.doc.kb.description(h.entity) == Some("historical");
        let (weight, rank) = r.scene.nearness(h.entity);
        (weight, !historical, rank, std::cmp::Reverse(h.entity))
    })
}

/// Georgia with Atlanta, and names of countries that are part of a longer name.
fn not_the_country(r: &Resolver<'_, '_>, local: &Local, c: &Candidate, hit: &Hit) -> bool {
    let tokens = &local.tokens;
    let next = tokens.fold(c.tokens.end);
    let prev = c.tokens.start.checked_sub(1).map_or("", |i| tokens.fold(i));
    if matches!(prev, "new" | "little") && tokens.list[c.tokens.start - 1].shape == Shape::Capital {
        return true;
    }
    match r.doc.kb.code(hit.entity) {
        // "a Georgia sheriff": states have those, countries do not.
        Some("GE") if r.lex.is(WordSet::StateNoun, next) && hit.form == NameForm::Name => true,
        Some("GE") => {
            // The American state, unless the article is about the Caucasus.
            let state =
                ["US"].iter().any(|code| r.scene.weight(code) > 0) || r.survey_has_any(WordSet::GeorgiaState);
            let land = r.survey_has_any(WordSet::GeorgiaLand);
            let sure = r.survey_has_any(WordSet::GeorgiaState) || r.survey.has_county();
            state && !land && !matches!(next, "and") || !land && sure
        }
        _ => false,
    }
}

/// "speaks Russian", "said in German": the language, not the people.
fn is_language(local: &Local, c: &Candidate) -> bool {
    let tokens = &local.tokens;
    let prev = c.tokens.start.checked_sub(1).map_or("", |i| tokens.fold(i));
    let next = tokens.list.get(c.tokens.end);
    let noun_follows = next.is_some_and(|t| {
        t.kind == crate::base::word::TokenKind::Word
            && !matches!(
                tokens.fold(c.tokens.end),
                "and"
                    | "or"
                    | "with"
                    | "to"
                    | "as"
                    | "that"
                    | "by"
                    | "for"
                    | "on"
                    | "at"
                    | "from"
                    | "than"
                    | "but"
                    | "is"
                    | "was"
            )
    });
    let speaks = lexicon::english().is(WordSet::LanguageVerb, prev);
    !noun_follows
        && (speaks || matches!(prev, "in" | "into" | "from"))
        && local.tokens.fold(c.tokens.end) != "-"
        || local.tokens.fold(c.tokens.end) == "-" && local.tokens.fold(c.tokens.end + 1) == "language"
        || local.tokens.fold(c.tokens.end) == "language"
}

/// Whether a capital is only a place here: after a preposition of place, in a dateline, beside a word for places.
fn is_place_here(r: &Resolver<'_, '_>, local: &Local, c: &Candidate) -> bool {
    let cues: Cues = c.cues;
    let tokens = &local.tokens;
    let next = c.tokens.end;
    if cues.has(Cue::Compound) {
        // "Moscow-backed" has an agent, "Kyiv-based" an address.
        return matches!(
            tokens.fold(next + 1),
            "based" | "born" | "area" | "bound" | "trained" | "educated"
        );
    }
    if cues.has(Cue::Possessive) {
        // "London’s Royal Veterinary College" stands there; "Moscow’s Foreign Ministry" does not.
        if tokens
            .list
            .get(next + 1)
            .is_some_and(|t| t.shape == Shape::Capital)
        {
            let behind = || {
                (next + 1..next + 6)
                    .take_while(|&t| tokens.list.get(t).is_some_and(|t| t.shape == Shape::Capital))
            };
            if behind().any(|t| r.lex.thing(tokens.fold(t)).is_some())
                && !behind().any(|t| r.lex.is(WordSet::StateBody, tokens.fold(t)))
            {
                return true;
            }
        }
        let thing = (next + 1..next + 4)
            .map(|t| tokens.fold(t))
            .any(|w| r.lex.is(WordSet::PlaceNoun, w) || w == "mayor");
        return thing;
    }
    if cues.has(Cue::Between) {
        let route = (c.tokens.start.saturating_sub(5)..c.tokens.start)
            .map(|t| tokens.fold(t))
            .any(|w| lexicon::english().is(WordSet::Route, w));
        return route;
    }
    if cues.has(Cue::Locative) {
        return true;
    }
    // "PORT SUDAN (AP) —"
    if c.tokens.start == 0
        && cues.has(Cue::Capitals)
        && matches!(tokens.fold(next), "(" | "—" | "–" | "-" | "--" | ",")
    {
        return true;
    }
    if tokens.list.get(next).is_some_and(|t| t.shape == Shape::Lower)
        && r.lex.is(WordSet::PlaceNoun, tokens.fold(next))
    {
        return true;
    }
    if has_agency(cues) || cues.has(Cue::Toward) {
        return false;
    }
    true
}
