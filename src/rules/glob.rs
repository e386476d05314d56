//! File patterns of the configuration: `*` and `?` within a name, `**` across folders, `{a,b}` for choices.

/// Whether `path` (with `/` between its parts) fits `pattern`. A pattern without `/` fits a file of that
/// name in any folder.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let path = path.trim_start_matches("./");
    expand(pattern.trim_start_matches("./"))
        .iter()
        .any(|p| match p.contains('/') {
            true => parts(p, path),
            false => name(p, path.rsplit('/').next().unwrap_or(path)),
        })
}

/// The patterns without braces that `pattern` stands for; braces do not nest, and an unclosed one is text.
fn expand(pattern: &str) -> Vec<String> {
    let Some((head, rest)) = pattern.split_once('{') else {
        return vec![pattern.to_owned()];
    };
    let Some((choices, tail)) = rest.split_once('}') else {
        return vec![pattern.to_owned()];
    };
    let tails = expand(tail);
    choices
        .split(',')
        .flat_map(|choice| tails.iter().map(move |tail| format!("{head}{choice}{tail}")))
        .collect()
}

fn parts(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.trim_start_matches('/').split('/').collect();
    let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    star(&pattern, &path, |p| *p == "**", |p, n| name(p, n))
}

fn name(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    star(&pattern, &name, |p| *p == '*', |p, c| *p == '?' || p == c)
}

/// Matches a list with stars against a list. On a mismatch only the last star is tried again, one item
/// further, so that the work stays within the product of both lengths.
pub(crate) fn star<P, T>(
    pattern: &[P],
    list: &[T],
    is_star: impl Fn(&P) -> bool,
    one: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut p, mut i) = (0, 0);
    let mut retry = None;
    while i < list.len() {
        match pattern.get(p) {
            Some(item) if is_star(item) => {
                retry = Some((p, i));
                p += 1;
            }
            Some(item) if one(item, &list[i]) => {
                p += 1;
                i += 1;
            }
            _ => {
                let Some((at, from)) = retry else { return false };
                retry = Some((at, from + 1));
                p = at + 1;
                i = from + 1;
            }
        }
    }
    pattern[p..].iter().all(is_star)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns() {
        for (pattern, path, want) in [
            ("*.md", "a.md", true),
            ("*.md", "deep/er/a.md", true),
            ("*.md", "a.mdx", false),
            ("archive/**", "archive/2024/a.txt", true),
            ("archive/**", "my/archive/a.txt", false),
            ("**/archive/**", "my/archive/a.txt", true),
            ("archive/*.txt", "archive/2024/a.txt", false),
            ("a/**/b/*.txt", "a/b/x.txt", true),
            ("a/**/b/*.txt", "a/1/2/b/x.txt", true),
            ("news/?.{txt,md}", "news/1.md", true),
            ("news/?.{txt,md}", "news/12.md", false),
            ("./a.txt", "./a.txt", true),
            ("*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
            ("{a", "{a", true),
            ("ü*", "übung.txt", true),
        ] {
            assert_eq!(fits(pattern, path), want, "{pattern} {path}");
        }
    }
}
