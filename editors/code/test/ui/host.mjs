// Lets a page connect to a VS Code server and run the tests of test/host in its extension host.
// Environment: BASE (http://127.0.0.1:PORT), FOLDER (the workspace), EXTENSION (this extension's folder), CHROMIUM.

import { openPage } from './page.mjs';

const { BASE, FOLDER, EXTENSION } = process.env;
const authority = new URL(BASE).host;
const { browser, page } = await openPage();
const ended = new Promise(resolve => {
    page.exposeFunction('codeAutomationExit', resolve).catch(resolve);
    setTimeout(() => resolve('no end after two minutes'), 120_000).unref();
});
await page.exposeFunction('codeAutomationLog', (_level, args) => {
    const line = args.map(String).join(' ');
    // The host also logs its own troubles, which are not ours.
    if (/^(ok|NOT ok) - |^\d+ passed, |^#/.test(line)) {
        console.log(line);
    }
});
const payload = [
    ['extensionDevelopmentPath', `vscode-remote://${authority}${EXTENSION}`],
    ['extensionTestsPath', `vscode-remote://${authority}${EXTENSION}/out/test/host/index.js`],
    ['skipWelcome', 'true'],
];
await page.goto(`${BASE}/?folder=${encodeURIComponent(FOLDER)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
const outcome = await ended;
if (outcome !== 0) {
    console.log(`# the extension host ended with: ${outcome}`);
}
await browser.close();
process.exit(outcome === 0 ? 0 : 1);
