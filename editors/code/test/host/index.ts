// Runs inside the extension host of a real VS Code: the host calls `run`, as it does for every extension's tests.
// The workspace is a copy of editors/tests/newsroom.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';

const EXTENSION = 'copydesk.copydesk';
const LOST = '“Nobody asked the fishermen before the timetable was printed.”';

let passed = 0;
let failed = 0;

async function check(name: string, body: () => Promise<unknown>): Promise<void> {
    try {
        const note = await body();
        passed += 1;
        console.log(`ok - ${name}${typeof note === 'string' ? `  # ${note.replace(/\s+/g, ' ')}` : ''}`);
    } catch (error) {
        failed += 1;
        console.log(`NOT ok - ${name}  # ${String(error).replace(/\s+/g, ' ')}`);
    }
}

/** Asks again until the answer is true, for at most ten seconds. */
async function until<T>(what: string, ask: () => T | Promise<T>): Promise<NonNullable<T>> {
    const end = Date.now() + 10_000;
    for (;;) {
        const answer = await ask();
        if (answer) {
            return answer;
        }
        if (Date.now() > end) {
            throw new Error(`waited in vain for: ${what}`);
        }
        await new Promise(resolve => setTimeout(resolve, 20));
    }
}

function ask<T>(command: string, ...args: unknown[]): Thenable<T> {
    return vscode.commands.executeCommand<T>(command, ...args);
}

export async function run(): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert(folder);
    const extension = vscode.extensions.getExtension<Api>(EXTENSION);
    assert(extension);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'ferry.txt'));
    const editor = await vscode.window.showTextDocument(document);
    const uri = document.uri;
    const at = (words: string, nth = 1): vscode.Position => {
        let offset = -1;
        for (let i = 0; i < nth; i += 1) {
            offset = document.getText().indexOf(words, offset + 1);
            assert(offset >= 0, words);
        }
        return document.positionAt(offset + 1);
    };
    const findings = () => vscode.languages.getDiagnostics(uri);
    const hover = async (position: vscode.Position): Promise<string> => {
        const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
        return hovers.flatMap(h => h.contents.map(c => (typeof c === 'string' ? c : c.value))).join(' ');
    };
    const settings = (name: string, value: unknown) =>
        vscode.workspace.getConfiguration('copydesk').update(name, value, vscode.ConfigurationTarget.Global);

    await check('an article wakes the extension, which finds the program', async () => {
        const api = await extension.activate();
        await until('the client', () => api.client()?.isRunning());
        const found = api.found();
        assert(found?.file);
        return `${found.file.split('/').pop()} (${found.origin}) ${api.client()?.initializeResult?.serverInfo?.version}`;
    });
    await check('the unattributed quote is found, exactly', async () => {
        await until('a finding', () => findings().length > 0);
        assert.deepEqual(findings().map(d => document.getText(d.range)), [LOST]);
        const one = findings()[0];
        assert(one);
        const code = typeof one.code === 'object' ? one.code.value : one.code;
        assert.equal(code, 'unattributed-quote');
        assert.equal(one.source, 'copydesk');
        return one.message;
    });
    await check('a finding leads to the page of its rule, which the server has', async () => {
        const code = findings()[0]?.code;
        assert(typeof code === 'object', String(code));
        const page = await vscode.workspace.openTextDocument(code.target);
        assert.match(page.getText(), /## What it does/);
        return code.target.toString();
    });
    await check('hover tells the office on the date of the article', async () => {
        const text = await hover(at('Merkel'));
        assert.match(text, /Angela Merkel/);
        assert.match(text, /chancellor/i);
        return text;
    });
    await check('the outline has the people with their quotes', async () => {
        const roots = await ask<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
        const people = roots.find(r => r.name === 'People');
        const shown = people?.children.map(p => `${p.name}: ${p.children.map(q => q.name).join(' / ')}`).join('; ') ?? '';
        assert.match(shown, /Angela Merkel: [^;]*The sea divides/);
        assert.match(shown, /Ingrid Solheim: [^;]*We still need/);
        return shown;
    });
    await check('definition goes to the first mention', async () => {
        const places = await ask<(vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', uri, at('Solheim', 2));
        const range = places.map(p => ('targetUri' in p ? p.targetSelectionRange ?? p.targetRange : p.range))[0];
        assert(range);
        assert.equal(document.getText(range), 'Ingrid Solheim');
    });
    await check('references find every mention', async () => {
        const places = await ask<vscode.Location[]>('vscode.executeReferenceProvider', uri, at('Merkel'));
        const words = places.map(p => document.getText(p.range));
        assert.deepEqual(words.filter(w => w.includes('Merkel')).length, 2, words.join());
    });
    await check('a person is marked, pronouns too', async () => {
        const marks = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', uri, at('she said'));
        const words = marks.map(m => document.getText(m.range));
        assert(words.includes('she') && words.some(w => w.includes('Solheim')), words.join());
        return words.join(', ');
    });
    await check('the finding goes when the speaker is written', async () => {
        const end = document.positionAt(document.getText().indexOf(LOST) + LOST.length);
        await editor.edit(edit => edit.replace(new vscode.Range(end.translate(0, -2), end), ',” said Jonas Lund, who fishes for cod.'));
        await until('no finding', () => findings().length === 0);
        await ask('undo');
        await until('the finding again', () => findings().length === 1);
    });
    await check('who spoke is written at pronouns and inherited sources', async () => {
        const whole = new vscode.Range(0, 0, document.lineCount, 0);
        const hints = await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, whole);
        const words = (label: vscode.InlayHint['label']) =>
            typeof label === 'string' ? label : label.map(part => part.value).join('');
        const before = (at: vscode.Position) => document.lineAt(at).text.slice(0, at.character).split(' ').pop();
        const shown = hints.map(h => `${before(h.position)} ${words(h.label)}`);
        assert(shown.includes('she (Solheim)'), shown.join());
        return shown.join(', ');
    });
    await check('names are colored', async () => {
        const legend = await ask<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', uri);
        const { data } = await ask<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', uri);
        const words: string[] = [];
        for (let i = 0, row = 0, column = 0; i < data.length; i += 5) {
            const [down = 0, right = 0, length = 0, type = 0] = data.slice(i, i + 4);
            row += down;
            column = down === 0 ? column + right : right;
            words.push(`${legend.tokenTypes[type]} ${document.getText(new vscode.Range(row, column, row, column + length))}`);
        }
        // Behind an emoji on the same line.
        assert(words.includes('class Angela Merkel'), words.join());
        assert(words.includes('keyword said'), words.join());
    });
    await check('lenses count the mentions, and a click shows them', async () => {
        const lenses = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 20);
        const lens = lenses.find(l => l.command?.title.includes('Merkel'));
        assert(lens?.command);
        assert.equal(lens.command.command, 'copydesk.showPlaces');
        const [where, , places] = lens.command.arguments ?? [];
        assert.equal(vscode.Uri.parse(where).toString(), uri.toString());
        assert.equal(places.length, 2);
        return lens.command.title;
    });
    await check('a name leads to its entry', async () => {
        const links = await ask<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 20);
        const link = links.find(l => document.getText(l.range) === 'Angela Merkel');
        assert.match(String(link?.target), /Q567/);
    });
    await check('the quick fix names a speaker, and the finding goes', async () => {
        const range = findings()[0]?.range;
        assert(range);
        const actions = await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, 'quickfix', 20);
        const action = actions.find(a => a.title.includes('Solheim said'));
        assert(action?.edit, actions.map(a => a.title).join());
        await vscode.workspace.applyEdit(action.edit);
        assert.match(document.getText(), /printed,” (Ingrid )?Solheim said\./);
        await until('no finding', () => findings().length === 0);
        await ask('undo');
        await until('the finding again', () => findings().length === 1);
        return actions.map(a => a.title).join(' | ');
    });
    await check('rename changes the name outside of quotations', async () => {
        const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', uri, at('Solheim', 2), 'Solhaug');
        const changed = edit.get(uri).map(e => `${document.getText(e.range)} > ${e.newText}`);
        assert.equal(changed.length, 2, changed.join());
        return changed.join(', ');
    });
    await check('completion offers the people of the article', async () => {
        const items = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at('Solheim', 2).translate(0, 2));
        const labels = items.items.map(i => (typeof i.label === 'string' ? i.label : i.label.label));
        assert(labels.some(l => l.includes('Solheim')), labels.join());
    });
    await check('a rule is switched off and on in the settings', async () => {
        await settings('rules.unattributed-quote', 'off');
        await until('no finding', () => findings().length === 0);
        await settings('rules.unattributed-quote', undefined);
        await until('the finding again', () => findings().length === 1);
    });
    await check('the outline is switched off and on in the settings', async () => {
        const roots = () => ask<unknown[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
        await settings('outline', 'never');
        await until('no outline', async () => !(await roots())?.length);
        await settings('outline', undefined);
        await until('the outline again', async () => (await roots())?.length);
    });
    await check('an unsaved text is read as well', async () => {
        const draft = await vscode.workspace.openTextDocument({ language: 'plaintext', content: `Three hours went by.\n\n${LOST}\n` });
        await until('a finding', () => vscode.languages.getDiagnostics(draft.uri).length === 1);
    });
    await check('a quick fix adds a person to a list that it makes', async () => {
        const at = document.positionAt(document.getText().indexOf('Ingrid Solheim'));
        const range = new vscode.Range(at, at);
        const actions = await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, 'quickfix', 20);
        const action = actions.find(a => a.title.includes('to the project'));
        assert(action?.edit, actions.map(a => a.title).join());
        assert(await vscode.workspace.applyEdit(action.edit));
        const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
        assert(folder);
        const people = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, '.copydesk/people.toml'));
        await people.save();
        assert.match(people.getText(), /\[\[people\]\]\nname = "Ingrid Solheim"/);
        return action.title;
    });
    await check('restart brings a new server', async () => {
        const before = extension.exports.client();
        await ask('copydesk.restart');
        const now = extension.exports.client();
        assert(now && now !== before && now.isRunning());
        await until('the finding again', () => findings().length === 1);
    });
    await check('a program that is not there is told, and copydesk.enable stops everything', async () => {
        await settings('path', '/nowhere/copydesk');
        await until('the problem', () => extension.exports.found()?.file === undefined);
        assert.equal(extension.exports.client(), undefined);
        await settings('path', process.env['COPYDESK_BIN']);
        await until('the client', () => extension.exports.client()?.isRunning());
        await settings('enable', false);
        await until('no client', () => extension.exports.client() === undefined);
        await until('no finding', () => findings().length === 0);
        await settings('enable', undefined);
        await until('the finding again', () => findings().length === 1);
    });
    await ask('workbench.action.files.revert');
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0) {
        throw new Error(`${failed} failed`);
    }
}
