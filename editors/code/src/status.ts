// The entry in the language status of the editor (the braces at the right of the status bar).

import * as vscode from 'vscode';

export class Status implements vscode.Disposable {
    private readonly item: vscode.LanguageStatusItem;

    constructor(selector: vscode.DocumentSelector) {
        this.item = vscode.languages.createLanguageStatusItem('copydesk.status', selector);
        this.item.name = 'copydesk';
        this.item.command = { command: 'copydesk.showLog', title: 'Show Log' };
    }

    starting(): void {
        this.show('copydesk', 'starting', vscode.LanguageStatusSeverity.Information);
        this.item.busy = true;
    }

    running(version: string | undefined, program: string): void {
        this.show(`copydesk ${version ?? ''}`.trim(), program, vscode.LanguageStatusSeverity.Information);
    }

    off(): void {
        this.show('copydesk', 'switched off', vscode.LanguageStatusSeverity.Information);
    }

    failed(problem: string): void {
        this.show('copydesk', problem, vscode.LanguageStatusSeverity.Error);
    }

    dispose(): void {
        this.item.dispose();
    }

    private show(text: string, detail: string, severity: vscode.LanguageStatusSeverity): void {
        this.item.busy = false;
        this.item.text = text;
        this.item.detail = detail;
        this.item.severity = severity;
    }
}
