# Commands of everyday work. Each is short enough to type without `just`.

# Everything that must hold before a change lands.
check:
    bash .ci/run

# All tests.
test *args:
    cargo test {{args}}

# Rewrites expected output (inline snapshots, docs/rules.md, the corpus) to what the program gives now. Read the diff.
bless:
    UPDATE_EXPECT=1 cargo test

# Speed of each stage and of the whole, with asserted counts.
bench *args:
    cargo bench --bench pipeline -- {{args}}

# Speed of the knowledge base under a pack of a million people, which the first run makes.
bench-kb:
    cargo bench --bench kb

# Runs one fuzz target for a minute: analyze, edits, kb_load, positions. Needs nightly and cargo-fuzz.
fuzz target="analyze" seconds="60":
    cargo +nightly fuzz run {{target}} -- -max_total_time={{seconds}}

# Format (src/rules by name: a macro declares its modules, which Cargo's formatter does not see), then lints.
lint:
    cargo fmt --all
    rustfmt --edition 2024 src/rules/*.rs
    cargo clippy --workspace --all-targets -- -D warnings

# Licenses and advisories of the dependencies. Needs cargo-deny.
deny:
    cargo deny check
