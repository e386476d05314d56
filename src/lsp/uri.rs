//! `file:` URIs to paths and back. URIs are kept and sent back exactly as the editor wrote them.

use std::path::{Path, PathBuf};

/// The path of a `file:` URI; `None` for any other scheme and for text that is no URI.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_at_checked("file:".len())?;
    if !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    // `file:///path`, or `file://host/path`, which is a network path on Windows; some write `file:/path`.
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/')?),
        None => ("", rest.starts_with('/').then_some(rest)?),
    };
    of_bytes(decode(path.split(['?', '#']).next()?)?, host)
}

/// The name of a file is bytes, of whatever encoding.
#[cfg(unix)]
fn of_bytes(path: Vec<u8>, _: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(path).into())
}

#[cfg(not(unix))]
fn of_bytes(path: Vec<u8>, host: &str) -> Option<PathBuf> {
    let path = String::from_utf8(path).ok()?;
    let local = path
        .strip_prefix('/')
        .filter(|p| p.as_bytes().get(1) == Some(&b':'));
    Some(match (local, host) {
        (Some(local), _) => local.into(),
        (None, "") => path.into(),
        (None, host) => format!("//{host}{path}").into(),
    })
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

/// The URI of an absolute path.
pub(super) fn from_path(path: &Path) -> String {
    let path = bytes_of(path);
    let mut uri = String::from("file://");
    if !path.starts_with(b"/") {
        uri.push('/');
    }
    for b in path {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(b.into()),
            _ => uri.push_str(&format!("%{b:02X}")),
        }
    }
    uri
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        if b == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(b);
        }
    }
    Some(bytes)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for path in ["/a/b.txt", "/ä ö/%41#?.md", "/"] {
            assert_eq!(to_path(&from_path(Path::new(path))).unwrap(), Path::new(path));
        }
        assert_eq!(to_path("file:///c%3A/x").unwrap(), Path::new("/c:/x"));
        for same in ["file:/a/b c", "FILE:///a/b%20c", "file://localhost/a/b c"] {
            assert_eq!(to_path(same).unwrap(), Path::new("/a/b c"), "{same}");
        }
        let latin = to_path("file:///desk/caf%E9.txt").unwrap();
        assert_eq!(from_path(&latin), "file:///desk/caf%E9.txt");
        for other in [
            "untitled:1",
            "file:",
            "file:a",
            "filé:///a",
            "file://",
            "http://a/b",
            "",
            "file:///%zz",
            "file:///%",
        ] {
            assert_eq!(to_path(other), None, "{other}");
        }
    }
}
