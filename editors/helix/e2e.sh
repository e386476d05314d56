#!/usr/bin/env bash
# Helix in a terminal, driven by its keys; it has no mode without a screen. What turns copydesk on is taken from
# guides/helix.md. Environment: HELIX (the program), NEWSROOM, and copydesk on PATH; editors/test.sh sees to it.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
: "${HELIX:?}" "${NEWSROOM:?}"
export XDG_CONFIG_HOME=$NEWSROOM/.config
mkdir -p "$XDG_CONFIG_HOME/helix"
awk '/^```toml/ { inside = 1; next } /^```/ { inside = 0 } inside' "$here/guides/helix.md" >"$XDG_CONFIG_HOME/helix/languages.toml"

passed=0 failed=0
socket=copydesk-$$
terminal() { tmux -L "$socket" -f /dev/null "$@"; }
screen() { terminal capture-pane -p; }
keys() { terminal send-keys "$@"; }
trap 'terminal kill-server 2>/dev/null' EXIT

# expect NAME PATTERN…: waits until every pattern is on the screen; a pattern after `!` must be gone.
expect() {
    local name=$1 end=$((SECONDS + 15)) now pattern fine
    shift
    while :; do
        now=$(screen)
        fine=yes
        for pattern in "$@"; do
            case $pattern in
            !*) ! grep -q -- "${pattern#!}" <<<"$now" || fine= ;;
            *) grep -q -- "$pattern" <<<"$now" || fine= ;;
            esac
        done
        if [ -n "$fine" ]; then
            passed=$((passed + 1))
            echo "ok - $name"
            return
        fi
        if [ $SECONDS -ge $end ]; then
            failed=$((failed + 1))
            printf 'NOT ok - %s; on the screen is\n%s\n' "$name" "$now"
            return
        fi
        sleep 0.05
    done
}

# Escape directly followed by a key is read as Alt and that key: what it closes must be gone first.
leave() {
    keys Escape
    expect "$1" "!$2"
}

"$HELIX" --version | sed 's/^/# /'
terminal new-session -d -x 110 -y 32 env PATH="$PATH" XDG_CONFIG_HOME="$XDG_CONFIG_HOME" "$HELIX" "$NEWSROOM/ferry.txt"
expect "the article is open, and its finding is counted" "Ferry link" "ferry.txt" "●"
keys Space d
expect "the finding is listed" "unattributed-quote" "nobody is said"
leave "the list closes" "unattributed-quote"
keys / && keys -l "Angela" && keys Enter
keys Space k
expect "hover tells the office on the date of the article" "Angela Merkel" "on the article.s date: Chancellor"
leave "the hover closes" "on the article.s date"
keys Space s
expect "people and quotes are listed" "Ingrid Solheim" "The sea divides" "We still need"
keys -l "We still"
keys Enter
expect "a quote leads to its place" "7:6[0-9]"
keys / && keys -l "fishermen" && keys Enter
keys Space a
expect "fixes are offered" "Solheim said"
keys Enter
expect "the fix is made, and the finding goes" "printed,” Ingrid Solheim said\." "!nobody is said to have spoken"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
