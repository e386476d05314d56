//! Name forms made by rule: the name by which a person is referred to after the first mention, the parts
//! of compound names that stand alone, spellings without umlauts, plurals of demonyms.
//!
//! What a rule makes is marked as such in the compiled base, and as weak where it may only be believed
//! after the full name has been seen. Transliterations are never generated: they come from the sources.

use std::collections::BTreeMap;

use crate::{base::fold::fold, kb::NameForm};

/// A form made by rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Derived {
    pub(super) form: NameForm,
    pub(super) name: String,
    pub(super) weak: bool,
}

/// How often each folded word stands first in the name of a person: what is often first is a given name.
pub(super) type GivenNames = BTreeMap<String, u32>;

/// Where the family name stands first in English copy.
const FAMILY_FIRST: &[&str] = &["CN", "TW", "HK", "MO", "KR", "KP", "SG"];
/// Where people are referred to by the first of their names, which is no family name.
const FIRST_NAME: &[&str] = &["ET", "ER", "MY", "BN", "TH", "LA"];
/// Where the name of reference is the last word although the family name is the first.
const VIETNAMESE: &[&str] = &["VN", "KH"];
/// Where two family names follow the given names and the first of them is the name of reference.
const TWO_FAMILY_NAMES: &[&str] = &[
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GQ", "GT", "HN", "MX", "NI", "PA", "PE", "PR",
    "PY", "SV", "UY", "VE",
];
/// Where ä, ö, ü are also written ae, oe, ue.
const UMLAUTS: &[&str] = &["AT", "CH", "DE", "LI", "LU"];
/// Where ø and å are also written oe and aa.
const NORDIC: &[&str] = &["DK", "FO", "GL", "NO"];

/// Words before a name that are no given name, folded.
const HONORIFICS: &[&str] = &[
    "crown", "dr", "king", "lord", "prince", "princess", "prof", "queen", "sheikh", "sheikha", "sir",
];
/// Words before a family name that belong to it, folded.
const PARTICLES: &[&str] = &[
    "abdel", "abdul", "abou", "abu", "af", "al", "av", "ben", "bin", "bint", "bou", "da", "das", "de", "del",
    "della", "den", "der", "di", "do", "dos", "du", "el", "haj", "ibn", "la", "le", "mac", "mc", "ol",
    "ould", "san", "santa", "st", "te", "ten", "ter", "van", "von", "zu", "zum", "zur",
];
/// Arabic articles, as they are joined to a name by a hyphen.
const ARTICLES: &[&str] = &["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "es", "ul"];
/// Family names that are common where the family name stands first, folded. They decide which end of a
/// two-word name is the family name when the other word may be a Western given name (John Lee, Xi Jinping).
const EAST_ASIAN: &[&str] = &[
    "ahn", "an", "bae", "bai", "ban", "bang", "bo", "byun", "cai", "cao", "chan", "chang", "chen", "cheng",
    "cheung", "chiang", "cho", "choe", "choi", "chou", "chow", "chu", "chung", "cui", "deng", "ding", "dong",
    "du", "fan", "fang", "feng", "fu", "gao", "goh", "gong", "gu", "guo", "han", "he", "ho", "hong", "hou",
    "hsiao", "hsieh", "hsu", "hu", "huang", "hung", "hwang", "im", "jang", "jeon", "jeong", "ji", "jia",
    "jiang", "jin", "jo", "joo", "ju", "jung", "kang", "kim", "ko", "kong", "koo", "ku", "kwak", "kwon",
    "lai", "lam", "lau", "lee", "lei", "leung", "li", "liang", "liao", "lim", "lin", "ling", "liu", "lo",
    "loh", "lu", "luo", "ma", "mao", "meng", "min", "moon", "na", "nam", "ng", "noh", "oh", "ong", "pak",
    "pan", "park", "peng", "qian", "qin", "qiu", "ra", "ri", "rim", "roh", "ryu", "seo", "shen", "shi",
    "shin", "sim", "so", "sohn", "song", "su", "suh", "sun", "tan", "tang", "tao", "teo", "tian", "tsai",
    "tseng", "tung", "wan", "wang", "wei", "wen", "wong", "woo", "wu", "xi", "xia", "xiao", "xie", "xu",
    "yan", "yang", "yao", "ye", "yeh", "yeo", "yi", "yim", "yin", "yoo", "yoon", "you", "yu", "yuan", "yun",
    "zeng", "zhang", "zhao", "zheng", "zhou", "zhu", "zou",
];

/// The forms that rules make of a person's name, given the family name if a source marks it, and the
/// country of the person's offices.
pub(super) fn person(name: &str, family: &str, country: &str, given: &GivenNames) -> Vec<Derived> {
    let mut out = Vec::new();
    let country = country.split('-').next().unwrap_or(country);
    let plain = plain_name(name, &mut out);
    if !plain
        .chars()
        .any(|c| c.is_alphabetic() && (c.is_ascii() || fold(&c.to_string()).is_ascii()))
    {
        return out;
    }
    if plain != name {
        add(&mut out, NameForm::Alias, plain.clone(), false);
    }
    if let Some(regnal) = regnal_name(&plain) {
        add(&mut out, NameForm::Alias, regnal.clone(), false);
        let bare: Vec<&str> = regnal.split(' ').filter(|w| !is_roman(w)).collect();
        add(&mut out, NameForm::Surname, bare.join(" "), false);
        return out;
    }
    let words: Vec<&str> = plain.split(' ').filter(|w| !is_suffix(w)).collect();
    if words.len() < 2 {
        return out;
    }
    let span = match family_span(&words, family) {
        Some(span) => with_particles(&words, span),
        None => by_custom(&words, country, given, &mut out),
    };
    if let Some((start, end)) = span {
        surname_forms(&words[start..end], &mut out);
        short_names(&words, start, end, country, &mut out);
    } else if !family.is_empty() {
        // The source marks a family name in another spelling than that of the name.
        add(&mut out, NameForm::Surname, family.to_owned(), false);
    }
    let plain_forms = out.clone();
    for form in std::iter::once((NameForm::Alias, plain.as_str(), false))
        .chain(plain_forms.iter().map(|d| (d.form, d.name.as_str(), d.weak)))
    {
        if let Some(spelled) = spelled_out(form.1, country) {
            add(&mut out, form.0, spelled, form.2);
        }
    }
    out
}

/// The plural of a demonym, where it is regular and the sources may have left it out.
pub(super) fn demonym_plural(noun: &str) -> Option<String> {
    // Words of Bantu languages and of Malagasy, Bislama, Gilbertese, Lao that take no English plural.
    const ALIKE: [&str; 8] = [
        "Basotho",
        "Batswana",
        "I-Kiribati",
        "Lao",
        "Malagasy",
        "Mosotho",
        "Motswana",
        "Ni-Vanuatu",
    ];
    if ALIKE.contains(&noun) {
        return None;
    }
    let last = noun.chars().next_back()?;
    let german = noun.ends_with("German");
    let regular = noun.chars().next().is_some_and(char::is_uppercase)
        && !matches!(last, 's' | 'z' | 'x' | 'h')
        && !["ese", "man", "men", "woman", "women", "ois"]
            .iter()
            .any(|end| noun.ends_with(end) && !german);
    regular.then(|| format!("{noun}s"))
}

fn add(out: &mut Vec<Derived>, form: NameForm, name: String, weak: bool) {
    let name = name.trim().to_owned();
    if !name.is_empty() && !out.iter().any(|d| d.form == form && d.name == name) {
        out.push(Derived { form, name, weak });
    }
}

/// The name without peerage, brackets and quoted nicknames, which become forms of their own.
fn plain_name(name: &str, out: &mut Vec<Derived>) -> String {
    let mut base = name;
    if let Some((before, after)) = name.split_once(", ") {
        if !is_suffix(after) {
            base = before;
            peerage(after, out);
        } else {
            base = before;
        }
    }
    let mut plain = String::with_capacity(base.len());
    let mut nick = String::new();
    let mut inside = false;
    for c in base.chars() {
        match c {
            '(' | '[' | '“' => inside = true,
            ')' | ']' | '”' => inside = false,
            '"' => inside = !inside,
            c if inside => nick.push(c),
            c => plain.push(c),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    if !nick.contains(['.', ' ']) && nick.len() > 1 && words.len() >= 2 {
        add(
            out,
            NameForm::Alias,
            format!("{nick} {}", words[1..].join(" ")),
            false,
        );
    }
    words.join(" ")
}

/// "Baroness Scotland of Asthal" is referred to as Scotland, with or without the title.
fn peerage(title: &str, out: &mut Vec<Derived>) {
    let Some(at) = ["Baron ", "Baroness ", "Lord ", "Viscount ", "Earl "]
        .iter()
        .find_map(|t| title.find(t).map(|i| i + t.len()))
    else {
        return;
    };
    let whole = &title[at..];
    let name = whole.split(" of ").next().unwrap_or("");
    // "Baroness Hale of Richmond", "Lord Hutton of Furness": a baron is a lord in the papers.
    if whole != name {
        let called = if title.contains("Baroness ") {
            "Baroness"
        } else {
            "Lord"
        };
        add(out, NameForm::Alias, format!("{called} {whole}"), false);
    }
    add(out, NameForm::Surname, name.to_owned(), false);
}

/// "Felipe VI of Spain" → "Felipe VI"; "Salman of Saudi Arabia" → "Salman".
fn regnal_name(name: &str) -> Option<String> {
    let head = name.split(" of ").next().unwrap_or(name);
    let words: Vec<&str> = head.split(' ').collect();
    let numbered = words.last().is_some_and(|w| is_roman(w)) && words.len() <= 3;
    (head != name || numbered).then(|| head.to_owned())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Jnr" | "Sr" | "II" | "III" | "IV"
    )
}

/// Where the marked family name stands among the words, compared folded.
fn family_span(words: &[&str], family: &str) -> Option<(usize, usize)> {
    let wanted: Vec<String> = family.split(' ').map(fold).filter(|w| !w.is_empty()).collect();
    if wanted.is_empty() {
        return None;
    }
    let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
    let at = folded
        .windows(wanted.len())
        .rposition(|w| w == wanted.as_slice())?;
    Some((at, at + wanted.len()))
}

/// The span with the particles before it, unless that leaves no given name.
fn with_particles(words: &[&str], span: (usize, usize)) -> Option<(usize, usize)> {
    let (mut start, end) = span;
    while start > 1 && PARTICLES.contains(&fold(words[start - 1]).as_str()) {
        start -= 1;
    }
    Some((start, end))
}

/// The name of reference by the custom of the country; adds second choices as weak forms.
fn by_custom(
    words: &[&str],
    country: &str,
    given: &GivenNames,
    out: &mut Vec<Derived>,
) -> Option<(usize, usize)> {
    let last = words.len() - 1;
    if FAMILY_FIRST.contains(&country) {
        let known = |w: &str| EAST_ASIAN.contains(&fold(w).as_str());
        let at = if known(words[0]) || !known(words[last]) {
            0
        } else {
            last
        };
        return Some((at, at + 1));
    }
    if country == "MM" {
        if words.len() > 2 {
            add(out, NameForm::Surname, words[last - 1..].join(" "), true);
        }
        return None;
    }
    if FIRST_NAME.contains(&country) {
        add(out, NameForm::Surname, words[last].to_owned(), true);
        return Some((0, 1));
    }
    if VIETNAMESE.contains(&country) {
        return Some((last, last + 1));
    }
    if country == "ID" {
        add(out, NameForm::Surname, words[0].to_owned(), true);
    }
    if TWO_FAMILY_NAMES.contains(&country) && words.len() >= 3 {
        let is_given = |w: &str| given.get(&fold(w)).is_some_and(|n| *n >= 3) || w.ends_with('.');
        let before_last = last - 1;
        let particle = PARTICLES.contains(&fold(words[before_last]).as_str());
        if !particle && before_last >= 1 && !is_given(words[before_last]) {
            add(out, NameForm::Surname, words[before_last..].join(" "), false);
            add(out, NameForm::Surname, words[last].to_owned(), true);
            return with_particles(words, (before_last, last));
        }
    }
    with_particles(words, (last, last + 1))
}

/// The surname, and its parts that may stand alone.
fn surname_forms(words: &[&str], out: &mut Vec<Derived>) {
    add(out, NameForm::Surname, words.join(" "), false);
    let bare = words[words.len() - 1];
    if words.len() > 1 {
        let article = words.len() == 2 && ARTICLES.contains(&words[0]);
        add(out, NameForm::Surname, bare.to_owned(), !article);
    }
    if let Some((article, rest)) = bare.split_once('-')
        && ARTICLES.contains(&fold(article).as_str())
    {
        add(out, NameForm::Surname, rest.to_owned(), false);
        for other in ["al", "el"] {
            add(out, NameForm::Surname, format!("{other}-{rest}"), false);
        }
    }
}

/// "Recep Tayyip Erdoğan" is also written with either given name alone.
fn short_names(words: &[&str], start: usize, end: usize, country: &str, out: &mut Vec<Derived>) {
    // "Sheikh Ahmed" is nobody in particular.
    let title = HONORIFICS.contains(&fold(words[0]).trim_end_matches('.'));
    if FAMILY_FIRST.contains(&country) || VIETNAMESE.contains(&country) || start == 0 || title {
        return;
    }
    let surname = words[start..end].join(" ");
    if words.len() > end - start + 1 {
        add(out, NameForm::Alias, format!("{} {surname}", words[0]), false);
        let second = words[start - 1];
        if start >= 2 && !second.ends_with('.') && second.chars().count() > 2 {
            add(out, NameForm::Alias, format!("{second} {surname}"), true);
        }
    }
}

/// The spelling without letters that many keyboards lack, where custom has one.
fn spelled_out(name: &str, country: &str) -> Option<String> {
    let pairs: &[(char, &str)] = if UMLAUTS.contains(&country) {
        &[
            ('ä', "ae"),
            ('ö', "oe"),
            ('ü', "ue"),
            ('Ä', "Ae"),
            ('Ö', "Oe"),
            ('Ü', "Ue"),
        ]
    } else if NORDIC.contains(&country) {
        &[('ø', "oe"), ('å', "aa"), ('Ø', "Oe"), ('Å', "Aa")]
    } else {
        return None;
    };
    let mut out = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        match pairs.iter().find(|(from, _)| *from == c) {
            Some((_, to)) => out.push_str(to),
            None => out.push(c),
        }
    }
    (out != name).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, family: &str, country: &str, want: &[&str]) {
        let given: GivenNames = [("jose", 9), ("luis", 9)].map(|(n, k)| (n.to_owned(), k)).into();
        let got: Vec<String> = person(name, family, country, &given)
            .into_iter()
            .map(|d| {
                let form = if d.form == NameForm::Surname { "" } else { "=" };
                format!("{form}{}{}", d.name, if d.weak { "?" } else { "" })
            })
            .collect();
        assert_eq!(got, want, "{name}");
    }

    #[test]
    fn names_of_reference() {
        check("Mark Rutte", "", "NL", &["Rutte"]);
        check("Ursula von der Leyen", "", "EU", &["von der Leyen", "Leyen?"]);
        check("Xi Jinping", "", "CN", &["Xi"]);
        check("John Lee", "", "HK", &["Lee"]);
        check("Abiy Ahmed", "", "ET", &["Ahmed?", "Abiy"]);
        check(
            "Abdel Fattah el-Sisi",
            "El-Sisi",
            "EG",
            &["el-Sisi", "Sisi", "al-Sisi", "=Abdel el-Sisi", "=Fattah el-Sisi?"],
        );
        check("Mohammed bin Salman", "", "SA", &["bin Salman", "Salman?"]);
        check(
            "Gabriel Boric Font",
            "",
            "CL",
            &["Boric Font", "Font?", "Boric", "=Gabriel Boric"],
        );
        check(
            "José Luis Abascal",
            "",
            "ES",
            &["Abascal", "=José Abascal", "=Luis Abascal?"],
        );
        check("Felipe VI of Spain", "", "ES", &["=Felipe VI", "Felipe"]);
        check("Heiko Müller", "", "DE", &["Müller", "=Heiko Mueller", "Mueller"]);
        check(
            "Andrew Adonis, Baron Adonis",
            "",
            "GB",
            &["Adonis", "=Andrew Adonis"],
        );
        check("Mário Soares Jr.", "", "PT", &["Soares"]);
        check(
            "Philip \"Brave\" Davis",
            "",
            "BS",
            &["=Brave Davis", "=Philip Davis", "Davis"],
        );
    }

    #[test]
    fn plurals() {
        assert_eq!(demonym_plural("Thai").as_deref(), Some("Thais"));
        assert_eq!(demonym_plural("Chinese"), None);
        assert_eq!(demonym_plural("Swiss"), None);
        assert_eq!(demonym_plural("Frenchman"), None);
        assert_eq!(demonym_plural("East German").as_deref(), Some("East Germans"));
        assert_eq!(demonym_plural("Motswana"), None);
    }
}
