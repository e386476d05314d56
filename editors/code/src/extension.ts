// Starts the server for plain text and Markdown, and says what is wrong when it cannot. Everything about prose is
// the server's.

import * as vscode from 'vscode';
import {
    LanguageClient,
    State,
    type LanguageClientOptions,
    type Location,
    type Middleware,
    type Position,
    type StaticFeature,
} from 'vscode-languageclient/node';
import { findBinary, surroundings, type Found } from './binary';
import { forServer, showsOutline, type OutlineSetting } from './settings';
import { Status } from './status';

const LANGUAGES = ['plaintext', 'markdown'];

/** Files and new, unsaved texts; not what an output panel or a comparison with the past shows. */
const ARTICLES = LANGUAGES.flatMap(language => ['file', 'untitled'].map(scheme => ({ language, scheme })));

/** The desk's own files are read as they stand in the editor, too. */
const SETTINGS = ['**/copydesk.toml', '**/.copydesk/people.toml'].map(pattern => ({ scheme: 'file', pattern }));

/** The settings that need a new server, or a new client, to take effect. */
const RESTARTING = ['copydesk.enable', 'copydesk.path', 'copydesk.outline'];

/** What a click on a lens runs. The server sends the document, the place and what is to be shown; not in the palette. */
const SHOW_PLACES = 'copydesk.showPlaces';

/** What other extensions, and our tests, may use. */
export interface Api {
    /** The client while it runs. */
    client(): LanguageClient | undefined;
    /** The program in use, or why there is none. */
    found(): Found | undefined;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
    const desk = new Desk(context);
    context.subscriptions.push(
        desk,
        vscode.commands.registerCommand('copydesk.restart', () => desk.restart('asked')),
        vscode.commands.registerCommand('copydesk.showLog', () => desk.log.show()),
        vscode.commands.registerCommand(SHOW_PLACES, (uri: string, position: Position, places: Location[]) =>
            showPlaces(desk.client, uri, position, places),
        ),
        vscode.workspace.onDidChangeConfiguration(event => {
            if (RESTARTING.some(setting => event.affectsConfiguration(setting))) {
                void desk.restart('setting');
            }
        }),
        // A workspace that becomes trusted may name a program of its own.
        vscode.workspace.onDidGrantWorkspaceTrust(() => void desk.restart('setting')),
    );
    await desk.restart('start');
    return { client: () => desk.client, found: () => desk.found };
}

/** Holds the one client, and makes changes of it follow each other. */
class Desk implements vscode.Disposable {
    readonly log = vscode.window.createOutputChannel('copydesk', { log: true });
    client: LanguageClient | undefined;
    found: Found | undefined;
    private readonly status = new Status(ARTICLES);
    private turn: Promise<void> = Promise.resolve();

    constructor(private readonly context: vscode.ExtensionContext) {}

    /** Stops what runs and starts anew, after all earlier calls have come to their end. */
    restart(why: 'start' | 'setting' | 'asked'): Promise<void> {
        this.turn = this.turn.then(async () => {
            await this.stop();
            await this.start(why);
        });
        return this.turn;
    }

    async dispose(): Promise<void> {
        await this.turn;
        await this.stop();
        this.status.dispose();
        this.log.dispose();
    }

    private async stop(): Promise<void> {
        const client = this.client;
        this.client = undefined;
        try {
            // Disposing stops too, and takes the client's commands and providers back.
            await client?.dispose();
        } catch (error) {
            this.log.warn(`The server did not stop in order: ${String(error)}`);
        }
    }

    private async start(why: 'start' | 'setting' | 'asked'): Promise<void> {
        const settings = vscode.workspace.getConfiguration('copydesk');
        if (!settings.get<boolean>('enable', true)) {
            this.found = undefined;
            this.status.off();
            if (why === 'asked') {
                void vscode.window.showInformationMessage('copydesk is switched off by the setting copydesk.enable.');
            }
            return;
        }
        const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
        const around = surroundings(this.context.extensionPath, workspace?.scheme === 'file' ? workspace.fsPath : undefined);
        const found = findBinary(settings.get<string>('path', ''), around);
        this.found = found;
        if (found.file === undefined) {
            this.fail(found.problem);
            return;
        }
        this.log.info(`Starting ${found.file} (${found.origin})`);
        this.status.starting();
        const client = this.newClient(found.file);
        this.client = client;
        try {
            await client.start();
            const version = client.initializeResult?.serverInfo?.version;
            this.log.info(`copydesk ${version ?? '(version unknown)'} is ready`);
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            await this.stop();
            this.fail(`${found.file} does not start as a language server: ${reason}`);
        }
    }

    private newClient(command: string): LanguageClient {
        const options: LanguageClientOptions = {
            documentSelector: [...ARTICLES, ...SETTINGS],
            outputChannel: this.log,
            traceOutputChannel: this.log,
            middleware: middleware(),
        };
        const client = new LanguageClient('copydesk', 'copydesk', { command, args: ['lsp'] }, options);
        client.registerFeature(ownCommands);
        client.onDidChangeState(({ newState }) => {
            if (newState === State.Running) {
                this.status.running(client.initializeResult?.serverInfo?.version, command);
            } else if (newState === State.Stopped && this.client === client) {
                this.status.failed('The server has stopped.');
            }
        });
        return client;
    }

    /** One message, with a button for each thing that can be done. */
    private fail(problem: string): void {
        this.log.error(problem);
        this.status.failed(problem);
        const actions = new Map([
            ['Open Settings', () => vscode.commands.executeCommand('workbench.action.openSettings', 'copydesk.path')],
            ['Try Again', () => this.restart('asked')],
            ['Show Log', () => this.log.show()],
        ]);
        void vscode.window.showErrorMessage(problem, ...actions.keys()).then(choice => actions.get(choice ?? '')?.());
    }
}

function middleware(): Middleware {
    return {
        // Markdown's own extension lists headings in the outline; who wants only those says so.
        provideDocumentSymbols: (document, token, next) => {
            const setting = vscode.workspace.getConfiguration('copydesk').get<OutlineSetting>('outline');
            return showsOutline(setting, document.languageId) ? next(document, token) : [];
        },
        workspace: {
            configuration: async (params, token, next) => {
                const answers = await next(params, token);
                return Array.isArray(answers)
                    ? answers.map((answer, i) => (params.items[i]?.section === 'copydesk' ? forServer(answer) : answer))
                    : answers;
            },
        },
    };
}

/** Tells the server which commands its lenses may name. */
const ownCommands: StaticFeature = {
    fillClientCapabilities: capabilities => {
        capabilities.experimental = { ...(capabilities.experimental as object), commands: { commands: [SHOW_PLACES] } };
    },
    initialize: () => {},
    getState: () => ({ kind: 'static' }),
    clear: () => {},
};

async function showPlaces(client: LanguageClient | undefined, uri: string, position: Position, places: Location[]): Promise<void> {
    const to = client?.protocol2CodeConverter;
    if (to) {
        const shown = places.map(place => to.asLocation(place));
        await vscode.commands.executeCommand('editor.action.showReferences', to.asUri(uri), to.asPosition(position), shown);
    }
}
