//! How far two people agree who annotated one text apart from each other.

use super::{
    Span,
    record::Record,
    score::{Pair, pieces},
};

/// Cohen's kappa over pairs of labels: agreement beyond what chance gives.
pub(crate) fn kappa(pairs: &[(String, String)]) -> f64 {
    let n = pairs.len() as f64;
    let same = pairs.iter().filter(|p| p.0 == p.1).count() as f64 / n;
    let mut labels: Vec<&String> = pairs.iter().flat_map(|p| [&p.0, &p.1]).collect();
    labels.sort_unstable();
    labels.dedup();
    let share = |side: fn(&(String, String)) -> &String, label: &String| {
        pairs.iter().filter(|p| side(p) == label).count() as f64 / n
    };
    let chance: f64 = labels
        .iter()
        .map(|l| share(|p| &p.0, l) * share(|p| &p.1, l))
        .sum();
    if chance < 1.0 {
        (same - chance) / (1.0 - chance)
    } else {
        1.0
    }
}

impl Pair<'_> {
    /// Labels that both sides give: forms of the mentions they share, and kinds of the pieces in marks
    /// (quotation or aside) they share.
    pub(crate) fn labels(&self) -> (Vec<(String, String)>, Vec<(String, String)>) {
        let forms = self
            .matched
            .iter()
            .map(|&(g, s)| {
                (
                    self.gold.mentions[g].form.clone(),
                    self.system.mentions[s].form.clone(),
                )
            })
            .collect();
        let all = |r: &Record| -> Vec<(Span, String)> {
            let quoted = pieces(r).into_iter().map(|p| (p.span, p.quote.kind.clone()));
            quoted
                .chain(r.asides.iter().map(|a| (a.span, a.kind.clone())))
                .collect()
        };
        let there = all(self.system);
        let kinds = all(self.gold)
            .into_iter()
            .filter_map(|(span, kind)| {
                let same = there.iter().find(|(s, _)| *s == span)?;
                Some((kind, same.1.clone()))
            })
            .collect();
        (forms, kinds)
    }
}

#[cfg(test)]
mod tests {
    use super::kappa;

    #[test]
    fn agreement_by_chance_is_none() {
        let pairs = |p: &[(&str, &str)]| {
            p.iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            kappa(&pairs(&[("x", "x"), ("x", "y"), ("y", "x"), ("y", "y")])),
            0.0
        );
        assert_eq!(kappa(&pairs(&[("x", "x"), ("y", "y")])), 1.0);
    }
}
