// The main flows, through the protocol's own implementation in another language: vscode-jsonrpc frames the messages and
// matches the answers, vscode-languageserver-protocol names the methods. No editor is needed. With
// COPYDESK_LSP_METAMODEL, each message of the server is held against the specification's own model, unknown properties
// included; without it a line says that this was not done.
//
//   node wire.mjs COPYDESK FOLDER-OF-PACKAGES FOLDER-OF-ARTICLES

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, packages, articles] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const lsp = require('vscode-languageserver-protocol/node');

let passed = 0;
let failed = 0;

async function check(name, test) {
    try {
        const more = await test();
        passed += 1;
        console.log(`ok - ${name}${more === undefined ? '' : `: ${more}`}`);
    } catch (error) {
        failed += 1;
        console.log(`NOT ok - ${name}\n${error.stack ?? error}`);
    }
}

function must(holds, what) {
    if (!holds) {
        throw new Error(typeof what === 'string' ? what : JSON.stringify(what));
    }
}

/** The specification's model: what is wrong with a message, a line each. */
class Model {
    constructor(model) {
        const by = (list, key) => new Map(list.map(item => [item[key], item]));
        this.structures = by(model.structures, 'name');
        this.enumerations = by(model.enumerations, 'name');
        this.aliases = by(model.typeAliases, 'name');
        this.requests = by(model.requests, 'method');
        this.notifications = by(model.notifications, 'method');
    }

    properties(name) {
        const structure = this.structures.get(name);
        const above = [...(structure.extends ?? []), ...(structure.mixins ?? [])];
        const all = new Map(above.flatMap(other => [...this.properties(other.name)]));
        structure.properties.forEach(property => all.set(property.name, property));
        return all;
    }

    faults(type, value, at) {
        const want = (holds, what) => (holds ? [] : [`${at}: expected ${what}, found ${JSON.stringify(value)}`]);
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        switch (type.kind) {
            case 'base':
                return want(isBase(type.name, value), type.name);
            case 'reference': {
                const { name } = type;
                if (name === 'LSPAny') return [];
                if (name === 'LSPObject') return want(isObject, 'an object');
                const alias = this.aliases.get(name);
                if (alias) return this.faults(alias.type, value, at);
                const enumeration = this.enumerations.get(name);
                if (enumeration) {
                    const wrong = this.faults(enumeration.type, value, at);
                    const listed = enumeration.values.some(v => v.value === value);
                    return wrong.length || enumeration.supportsCustomValues ? wrong : want(listed, name);
                }
                return isObject ? this.members(this.properties(name), value, at) : want(false, name);
            }
            case 'literal': {
                const properties = new Map(type.value.properties.map(p => [p.name, p]));
                return isObject ? this.members(properties, value, at) : want(false, 'an object');
            }
            case 'array':
                if (!Array.isArray(value)) return want(false, 'an array');
                return value.flatMap((item, i) => this.faults(type.element, item, `${at}[${i}]`));
            case 'tuple':
                if (!Array.isArray(value) || value.length !== type.items.length) return want(false, 'a tuple');
                return value.flatMap((item, i) => this.faults(type.items[i], item, `${at}[${i}]`));
            case 'map':
                if (!isObject) return want(false, 'a map');
                return Object.entries(value).flatMap(([key, item]) => this.faults(type.value, item, `${at}.${key}`));
            case 'or':
                return type.items
                    .map(item => this.faults(item, value, at))
                    .reduce((best, next) => (next.length < best.length ? next : best));
            case 'and':
                return type.items.flatMap(item => this.faults(item, value, at));
            default:
                return want(value === type.value, JSON.stringify(type.value));
        }
    }

    members(properties, value, at) {
        const faults = [];
        for (const [name, property] of properties) {
            if (name in value) faults.push(...this.faults(property.type, value[name], `${at}.${name}`));
            else if (!property.optional) faults.push(`${at}: ${name} is missing`);
        }
        const unknown = Object.keys(value).filter(name => !properties.has(name));
        return [...faults, ...unknown.map(name => `${at}: unknown property ${name}`)];
    }

    /** What is wrong with a message of the server; `asked` holds the methods of the editor's requests by id. */
    message(message, asked) {
        const table = 'id' in message ? this.requests : this.notifications;
        if (message.method !== undefined) {
            const known = table.get(message.method);
            if (!known) return [`unknown method ${message.method}`];
            return known.params ? this.faults(known.params, message.params, message.method) : [];
        }
        const method = asked.get(message.id);
        if (method === undefined || message.error) return [];
        return this.faults(this.requests.get(method).result, message.result, `${method} answer`);
    }
}

function isBase(name, value) {
    switch (name) {
        case 'integer':
            return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
        case 'uinteger':
            return Number.isInteger(value) && value >= 0 && value < 2 ** 31;
        case 'decimal':
            return typeof value === 'number';
        case 'boolean':
            return typeof value === 'boolean';
        case 'null':
            return value === null;
        default:
            return typeof value === 'string';
    }
}

const server = spawn(program, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const ended = new Promise(resolve => server.on('exit', resolve));
const reader = new lsp.StreamMessageReader(server.stdout);
const writer = new lsp.StreamMessageWriter(server.stdin);

// Every message of the server, and what was asked.
const seen = [];
const asked = new Map();
const listen = reader.listen.bind(reader);
reader.listen = callback =>
    listen(message => {
        seen.push(message);
        callback(message);
    });
const write = writer.write.bind(writer);
writer.write = message => {
    if (message.method !== undefined && message.id !== undefined) asked.set(message.id, message.method);
    return write(message);
};

const client = lsp.createProtocolConnection(reader, writer);
const found = new Map();
const waiting = [];
client.onNotification(lsp.PublishDiagnosticsNotification.type, params => {
    found.set(`${params.uri} ${params.version}`, params.diagnostics);
    waiting.forEach(look => look());
});
const registered = [];
client.onRequest(lsp.RegistrationRequest.type, params => void registered.push(...params.registrations.map(r => r.method)));
client.onRequest(lsp.ConfigurationRequest.type, params => params.items.map(() => null));
const shown = [];
client.onRequest(lsp.ShowDocumentRequest.type, params => {
    shown.push(params);
    return { success: true };
});
client.onRequest(lsp.ApplyWorkspaceEditRequest.type, () => ({ applied: true }));
client.listen();

/** The diagnostics of a version. */
const diagnostics = (uri, version) =>
    new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no diagnostics of version ${version}`)), 10_000);
        const look = () => {
            const list = found.get(`${uri} ${version}`);
            if (list) {
                clearTimeout(late);
                resolve(list);
            }
        };
        waiting.push(look);
        look();
    });

const uri = pathToFileURL(join(articles, 'ferry.txt')).href;
let text = readFileSync(join(articles, 'ferry.txt'), 'utf8');
const textDocument = { uri };
/** The position of some words, in UTF-16, in which JavaScript counts as well. */
const at = (words, within = 0) => {
    const offset = text.indexOf(words);
    must(offset >= 0, words);
    const lines = text.slice(0, offset + within).split('\n');
    return { line: lines.length - 1, character: lines.at(-1).length };
};
const words = range => text.split('\n')[range.start.line].slice(range.start.character, range.end.character);
const place = (word, within = 1) => ({ textDocument, position: at(word, within) });
const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const ask = (request, params) => client.sendRequest(request.type, params);

await check('the two sides introduce themselves', async () => {
    const properties = (...list) => ({ resolveSupport: { properties: list } });
    const { capabilities, serverInfo } = await ask(lsp.InitializeRequest, {
        processId: process.pid,
        rootUri: null,
        workspaceFolders: [{ uri: pathToFileURL(articles).href, name: 'newsroom' }],
        capabilities: {
            general: { positionEncodings: ['utf-16'] },
            workspace: {
                applyEdit: true,
                configuration: true,
                workspaceFolders: true,
                workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
                didChangeConfiguration: { dynamicRegistration: true },
                didChangeWatchedFiles: { dynamicRegistration: true },
                symbol: properties('location.range'),
                fileOperations: { willRename: true, didRename: true },
                textDocumentContent: {},
            },
            textDocument: {
                publishDiagnostics: {
                    relatedInformation: true,
                    versionSupport: true,
                    codeDescriptionSupport: true,
                    dataSupport: true,
                    tagSupport: { valueSet: [1, 2] },
                },
                hover: { contentFormat: ['markdown', 'plaintext'] },
                documentSymbol: { hierarchicalDocumentSymbolSupport: true },
                definition: { linkSupport: true },
                documentLink: { tooltipSupport: true },
                rename: { prepareSupport: true },
                inlayHint: properties('tooltip', 'label.location'),
                codeLens: properties('command'),
                codeAction: {
                    codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } },
                    dataSupport: true,
                    ...properties('edit'),
                },
            },
            window: { showDocument: { support: true }, workDoneProgress: true },
        },
    });
    await client.sendNotification(lsp.InitializedNotification.type, {});
    must(capabilities.positionEncoding === 'utf-16', capabilities.positionEncoding);
    return `${serverInfo.name} ${serverInfo.version}`;
});
await check('an article that is opened has its findings', async () => {
    const item = { uri, languageId: 'plaintext', version: 1, text };
    await client.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: item });
    const [finding, ...more] = await diagnostics(uri, 1);
    must(more.length === 0 && finding.code === 'unattributed-quote', finding);
    must(words(finding.range).startsWith('“Nobody asked'), finding);
    const { text: page } = await client.sendRequest('workspace/textDocumentContent', { uri: finding.codeDescription.href });
    must(page.includes('## Why'), page);
    return finding.message;
});
await check('hover tells the office on the date of the article', async () => {
    const hover = await ask(lsp.HoverRequest, place('Merkel said —'));
    must(/Chancellor/.test(hover.contents.value) && words(hover.range) === 'Merkel', hover);
});
await check('the outline has the people with their quotations', async () => {
    const [people] = await ask(lsp.DocumentSymbolRequest, { textDocument });
    const names = people.children.map(p => p.name);
    must(names.includes('Ingrid Solheim') && people.children.some(p => p.children?.length > 0), people);
    return names.join(', ');
});
await check('definition, references and highlights follow a pronoun', async () => {
    const [link] = await ask(lsp.DefinitionRequest, place('she said'));
    must(words(link.targetSelectionRange) === 'Ingrid Solheim', link);
    const context = { includeDeclaration: true };
    const all = await ask(lsp.ReferencesRequest, { ...place('she said'), context });
    const lit = await ask(lsp.DocumentHighlightRequest, place('she said'));
    must(all.length === lit.length && all.length >= 3, all);
});
await check('rename respells a name', async () => {
    const prepared = await ask(lsp.PrepareRenameRequest, place('Solheim will'));
    must(prepared.placeholder === 'Solheim', prepared);
    const edit = await ask(lsp.RenameRequest, { ...place('Solheim will'), newName: 'Sölheim' });
    must(edit.documentChanges[0].edits.length === 2, edit);
});
await check('completions, hints, lenses and links are filled in when asked', async () => {
    const list = await ask(lsp.CompletionRequest, place('Macron', 3));
    const item = await ask(lsp.CompletionResolveRequest, list.items.find(i => i.label === 'Emmanuel Macron'));
    must(/France/.test(item.documentation.value), item);
    const [hint] = await ask(lsp.InlayHintRequest, { textDocument, range: whole });
    const full = await ask(lsp.InlayHintResolveRequest, hint);
    must(full.tooltip && words(full.label[0].location.range) === 'Ingrid Solheim', full);
    const lenses = await ask(lsp.CodeLensRequest, { textDocument });
    const lens = await ask(lsp.CodeLensResolveRequest, lenses[1]);
    must(/quote/.test(lens.command.title), lens);
    await ask(lsp.ExecuteCommandRequest, { command: lens.command.command, arguments: lens.command.arguments });
    const links = await ask(lsp.DocumentLinkRequest, { textDocument });
    const merkel = await ask(lsp.DocumentLinkResolveRequest, links.find(l => words(l.range) === 'Angela Merkel'));
    must(merkel.target.endsWith('/Q567'), merkel);
    must(shown.length === 1 && words(shown[0].selection).startsWith('“The sea'), shown);
    return lens.command.title;
});
await check('tokens, folds and selections', async () => {
    const full = await ask(lsp.SemanticTokensRequest, { textDocument });
    const delta = await ask(lsp.SemanticTokensDeltaRequest, { textDocument, previousResultId: full.resultId });
    const part = await ask(lsp.SemanticTokensRangeRequest, { textDocument, range: whole });
    must(full.data.length > 0 && delta.edits.length === 0 && part.data.length === full.data.length, delta);
    await ask(lsp.FoldingRangeRequest, { textDocument });
    const [selection] = await ask(lsp.SelectionRangeRequest, { textDocument, positions: [at('second pilot', 2)] });
    must(words(selection.range) === 'second' && selection.parent, selection);
});
await check('who speaks about whom', async () => {
    const [item] = await ask(lsp.CallHierarchyPrepareRequest, place('Solheim will'));
    await ask(lsp.CallHierarchyIncomingCallsRequest, { item });
    await ask(lsp.CallHierarchyOutgoingCallsRequest, { item });
    return item.name;
});
await check('a quick fix is resolved, and after it the finding is gone', async () => {
    const [finding] = await diagnostics(uri, 1);
    const params = { textDocument, range: finding.range, context: { diagnostics: [finding], only: ['quickfix'] } };
    const actions = await ask(lsp.CodeActionRequest, params);
    const action = await ask(lsp.CodeActionResolveRequest, actions.find(a => /Solheim said/.test(a.title)));
    const [change] = action.edit.documentChanges;
    must(change.textDocument.version === 1, change);
    const contentChanges = [...change.edits].reverse().map(e => ({ range: e.range, text: e.newText }));
    for (const { range, text: added } of contentChanges) {
        const lines = text.split('\n');
        const offset = p => lines.slice(0, p.line).join('\n').length + (p.line && 1) + p.character;
        text = text.slice(0, offset(range.start)) + added + text.slice(offset(range.end));
    }
    const document = { uri, version: 2 };
    await client.sendNotification(lsp.DidChangeTextDocumentNotification.type, { textDocument: document, contentChanges });
    must((await diagnostics(uri, 2)).length === 0, found.get(`${uri} 2`));
    const stale = ask(lsp.CodeActionResolveRequest, actions[0]);
    const code = await stale.then(() => 0, error => error.code);
    must(code === lsp.LSPErrorCodes.ContentModified, code);
    return action.title;
});
await check('the people of closed articles are found', async () => {
    for (let tries = 0; ; tries += 1) {
        const symbols = await ask(lsp.WorkspaceSymbolRequest, { query: 'solheim' });
        const closed = symbols.find(s => s.location.uri.endsWith('harbour.md'));
        if (closed) {
            const { location } = await ask(lsp.WorkspaceSymbolResolveRequest, closed);
            must(location.range.start.line > 0, location);
            return;
        }
        must(tries < 100, symbols);
        await new Promise(resolve => setTimeout(resolve, 100));
    }
});
await check('files are watched and renamed', async () => {
    must(registered.includes('workspace/didChangeWatchedFiles'), registered);
    const files = [{ oldUri: uri, newUri: uri.replace('ferry', 'boat') }];
    await ask(lsp.WillRenameFilesRequest, { files });
    await client.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument });
    await client.sendNotification(lsp.DidRenameFilesNotification.type, { files });
});
await check('a request is cancelled', async () => {
    const source = new lsp.CancellationTokenSource();
    const answer = client.sendRequest(lsp.WorkspaceSymbolRequest.type, { query: '' }, source.token);
    source.cancel();
    // It may have been answered before.
    const code = await answer.then(() => 0, error => error.code);
    must(code === 0 || code === lsp.LSPErrorCodes.RequestCancelled, code);
});
await check('shutdown and exit end the server', async () => {
    await client.sendRequest(lsp.ShutdownRequest.type);
    await client.sendNotification(lsp.ExitNotification.type);
    must((await ended) === 0, 'exit status');
});
const path = process.env['COPYDESK_LSP_METAMODEL'];
if (path) {
    await check('every message is what the specification says', () => {
        const model = new Model(JSON.parse(readFileSync(path, 'utf8')));
        const faults = seen.flatMap(message => model.message(message, asked));
        must(faults.length === 0, faults.join('\n'));
        return `${seen.length} messages`;
    });
} else {
    console.log('# COPYDESK_LSP_METAMODEL names no model: the shapes of messages are not checked');
}
client.dispose();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
