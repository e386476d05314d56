//! Half-open byte ranges. [`Span`] is relative to its block, [`DocSpan`] to the document; the only
//! bridge between the two is `syntax::Block::to_doc`.

use std::fmt;

use crate::base::{reads, work};

macro_rules! span_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name {
            /// First byte, inclusive.
            pub start: u32,
            /// Last byte, exclusive.
            pub end: u32,
        }

        impl $name {
            /// Makes a span of `start..end`, in bytes.
            pub fn new(start: usize, end: usize) -> Self {
                debug_assert!(start <= end, "span ends before it starts: {start}..{end}");
                Self { start: start as u32, end: end.max(start) as u32 }
            }

            /// Length in bytes.
            pub fn len(self) -> usize {
                (self.end - self.start) as usize
            }

            /// Whether the span covers no byte.
            pub fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// The span as a range for slicing.
            pub fn range(self) -> std::ops::Range<usize> {
                self.start as usize..self.end as usize
            }

            /// Whether `offset` lies inside the span (its end excluded).
            pub fn contains(self, offset: u32) -> bool {
                self.start <= offset && offset < self.end
            }

            /// Whether `offset` lies inside the span or directly at its end, as a cursor may.
            pub fn touches(self, offset: u32) -> bool {
                self.start <= offset && offset <= self.end
            }

            /// Whether `other` lies wholly inside this span.
            pub fn covers(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Number of bytes that both spans cover.
            pub fn overlap(self, other: Self) -> usize {
                self.end.min(other.end).saturating_sub(self.start.max(other.start)) as usize
            }

            /// The smallest span that covers both.
            pub fn join(self, other: Self) -> Self {
                Self { start: self.start.min(other.start), end: self.end.max(other.end) }
            }

            /// Whether the text under the span ends with `c`, white space behind it left out.
            pub fn ends_with(self, text: &str, c: char) -> bool {
                let inside = text.get(self.range()).unwrap_or("").trim_end();
                let last = inside.chars().next_back();
                // Nothing else of it is read.
                reads::cut(&inside[inside.len() - last.map_or(0, char::len_utf8)..]);
                last == Some(c)
            }

            /// The text under the span; empty when the span does not fit `text`, so that a stale span
            /// can never panic.
            pub fn text(self, text: &str) -> &str {
                work::step();
                let part = text.get(self.range()).unwrap_or("");
                reads::cut(part);
                part
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}..{}", self.start, self.end)
            }
        }
    };
}

span_type! {
    /// A byte range relative to its block.
    Span
}
span_type! {
    /// A byte range of the document.
    DocSpan
}
