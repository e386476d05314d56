//! What somebody is called by whom he stands for, and a firm by where it is at home: "the Garhwal MP", "the US company".

use crate::{
    kb::Kind,
    semantic::{
        ahead::is_finite_subject,
        article::EntityKind,
        coref::{Resolver, is_subject},
        elegant::spoken_of,
        later::is_short_for,
        lexicon::{RoleClass, ThingClass},
        local::Local,
        mention::{Candidate, Cue, Description, Det, Hit, RoleMention},
        salience::{Choice, Trace},
        wordsets::WordSet,
    },
    syntax::token::Shape,
};

/// How many sentences back a firm may have been the subject.
const BACK: usize = 2;

/// What the words before a noun name in the base.
fn hits<'l>(local: &'l Local, owner: &std::ops::Range<usize>) -> impl Iterator<Item = &'l Hit> + use<'l> {
    let end = owner.end;
    let from = local.candidates.partition_point(|c| c.tokens.start < owner.start);
    local.candidates[from..]
        .iter()
        .take_while(move |c| c.tokens.start < end)
        .flat_map(Candidate::hits)
}

/// "the US company", "the Geneva group": the firm that was the subject right before.
pub(super) fn firm_of_land(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    d: &Description,
    codes: &[&str],
    at: &Trace,
) -> Option<Choice> {
    let owner = d.owner.as_ref()?;
    let land = |h: &Hit| matches!(h.kind, Kind::Country | Kind::Place);
    if d.det != Det::Definite || owner.end != d.noun.start || !hits(local, owner).any(land) {
        return None;
    }
    let kb = r.doc.kb;
    let t = r
        .trail
        .back(at)
        .take_while(|t| at.sentence - t.sentence <= BACK && t.block + 1 >= at.block)
        .find(|t| {
            let id = r.cast.entities[t.entity].kb;
            let firm = match id {
                Some(id) => {
                    let home = kb.country_of(id).and_then(|land| kb.code(land));
                    kb.description(id) == Some("company") && home.is_none_or(|h| codes.contains(&h))
                }
                None => may_be_company(r, t.entity),
            };
            firm && is_subject(t.cues) && !t.side && !r.nameless.contains_key(&t.entity)
        })?;
    let noun = local.tokens.fold(d.noun.end - 1);
    let reason = format!(
        "{}: the firm spoken of before “the {noun}”",
        r.cast.entities[t.entity].name
    );
    Some(Choice::clear(t.entity, 0.7, reason, t.span))
}

/// "the Garhwal MP", "the BJP leader": a politician spoken of right before, of whom nothing says that he stands for somebody
/// else.
pub(super) fn partisan(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    role: &RoleMention,
    at: &Trace,
) -> Option<Choice> {
    let owner = d.owner.as_ref()?;
    let noun = &r.lex.roles[role.row];
    let short = c.phrase.start + 1 == owner.start && owner.end == d.noun.start && c.phrase.end == d.noun.end;
    let party = || hits(local, owner).any(|h| r.doc.kb.description(h.entity) == Some("party"));
    let seat = local.tokens.shape(d.noun.start) == Shape::AllCaps
        && noun.class == RoleClass::Office
        && !hits(local, owner).any(|h| h.kind == Kind::Institution);
    let speaks = r.is_source(at.block, c) || is_finite_subject(local, c) && !at.cues.has(Cue::Quoted);
    if d.det != Det::Definite || role.former || !short || !speaks || !(seat || party()) {
        return None;
    }
    let proper: Vec<&str> = owner.clone().map(|t| local.tokens.fold(t)).collect();
    let politician = |e: usize| {
        r.rows[e]
            .iter()
            .any(|&row| r.lex.roles[row].class == RoleClass::Office)
    };
    let t = spoken_of(r, at, noun.gender, |e| {
        politician(e)
            && (seat || !r.role_names_another(local, d, e, &proper) && !r.is_of_other_party(e, &proper))
    })?;
    let name = &r.cast.entities[t.entity].name;
    let reason = format!("{name}: the last politician spoken of before “the {}”", noun.noun);
    Some(Choice::clear(t.entity, 0.6, reason, t.span))
}

/// Whether an institution may be called by a noun: the noun is in its name, or the base's class for it fits.
pub(super) fn is_called(r: &Resolver<'_, '_, '_>, entity: usize, noun: &str) -> bool {
    let e = &r.cast.entities[entity];
    let name = r.name_words.of(&r.cast.entities, entity);
    let last = || name.last().is_some_and(|last| r.lex.body_called(noun, last));
    if name.iter().any(|w| w == noun) || name.len() > 1 && last() {
        return true;
    }
    let Some(class) = e.kb.and_then(|id| r.doc.kb.description(id)) else {
        return false;
    };
    let code = e.kb.and_then(|id| r.doc.kb.code(id)).unwrap_or("");
    r.lex.body_noun(noun, code, class)
}

/// Whether an institution that the base does not have may be a company: no other noun for bodies is in its name.
pub(super) fn may_be_company(r: &Resolver<'_, '_, '_>, entity: usize) -> bool {
    let e = &r.cast.entities[entity];
    e.kb.is_none()
        && e.kind == EntityKind::Institution
        && r.name_words
            .of(&r.cast.entities, entity)
            .iter()
            .all(|w| r.lex.is(WordSet::Company, w) || r.lex.thing(w) != Some(ThingClass::Body))
}

impl Resolver<'_, '_, '_> {
    /// Whether the article introduced somebody by another party than a description names: the Congress leader is not "the
    /// BJP leader".
    pub(super) fn role_names_another(
        &self,
        local: &Local,
        d: &Description,
        entity: usize,
        proper: &[&str],
    ) -> bool {
        let Some(owner) = d.owner.as_ref().filter(|_| !proper.is_empty()) else {
            return false;
        };
        let party = hits(local, owner).any(|h| self.doc.kb.description(h.entity) == Some("party"));
        let told = self.cast.entities[entity].role.as_deref().filter(|_| party);
        let person = self.cast.entities[entity].kind == EntityKind::Person;
        let Some(told) = told.filter(|_| person) else {
            return false;
        };
        let words: Vec<String> = told
            .split(' ')
            .filter(|w| w.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect();
        let same = words.iter().any(|w| proper.contains(&&**w))
            || is_short_for(words.iter().map(String::as_str), proper);
        let role = self
            .lex
            .is(WordSet::AnyLeader, told.rsplit(' ').next().unwrap_or(""));
        role && !words.is_empty() && !same
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn letters_spell_whose_chairman_somebody_is() {
        check_article(
            r"
Ben Umo, chairman of the Ostia Dockers Congress, said so. Ida Reyes left. The ODC chairman said no.
//                                                                            ^^^^^^^^^^^^ person:Ben Umo
",
        );
    }

    #[test]
    fn a_politician_is_called_by_his_seat_but_not_by_another_party() {
        check_article(
            r"
Congress leader Meena Rao said India was tired. The Vellen East MP said her party would not relent.

Minister Ravi Sen said no. The BJP leader said that the Congress had lost.
//                         ^^^ no-mention
//                             ^^^^^^^^^^ person:Ravi Sen
",
        );
    }

    #[test]
    fn one_of_a_region_is_somebody_and_no_body() {
        check_article(
            r"
Treasurer Tom Holm welcomed it. The Queenslander said families would be glad.
//                                  ^^^^^^^^^^^^ person:Tom Holm
",
        );
    }

    #[test]
    fn a_firm_is_called_by_its_land() {
        check_article(
            r"
Brandia Foods, which had been a rival bidder, slipped. The Geneva group said in May it was calm.
//                                                         ^^^^^^^^^^^^ institution:Brandia Foods
",
        );
    }

    #[test]
    fn one_of_a_people_is_whoever_was_spoken_of() {
        check_article(
            r"
A header from Caio Mendes lifted Vellen Rovers and left Tom Garrity to think of defeat.

The Brazilian rose above the rest. It was his sixth goal. Petrov limped off. The Croatian was in tears.
//  ^^^^^^^^^ person:Caio Mendes
//                                        ^^^ person:Caio Mendes
//                                                                               ^^^^^^^^ person:Petrov
",
        );
    }

    #[test]
    fn a_monarch_is_a_ruler_and_nobody_else() {
        check_article(
            r"
Sani Dan said he was ill. Chief Ben Agu, the traditional ruler of Ogbo, came. The monarch said no.
//                                                                                ^^^^^^^ person:Ben Agu
",
        );
    }
}
