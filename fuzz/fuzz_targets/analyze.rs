//! Any text gives an article that keeps its promises (I2, I3, I14).
#![no_main]

use std::sync::Arc;

use copydesk::{
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{Context, analyze},
    syntax::block::Format,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let text: Arc<str> = text.into();
    for format in [Format::Plain, Format::Markdown] {
        let context = Context {
            format,
            ..Context::default()
        };
        let article = analyze(&text, &context, Kb::embedded());
        let findings = rules::check(&article, Kb::embedded(), &Config::default());
        copydesk_fuzz::check(&article, &findings);
    }
});
