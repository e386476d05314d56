// What a reporter sees: drives the workbench through the screen, and keeps a picture of each step.
// Environment: as for host.mjs; SHOTS (where the pictures go).

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPage } from './page.mjs';

const { BASE, FOLDER, SHOTS } = process.env;
mkdirSync(SHOTS, { recursive: true });
const { browser, page } = await openPage();
page.setDefaultTimeout(20_000);

let passed = 0;
let failed = 0;

async function step(name, body) {
    try {
        const note = await body();
        passed += 1;
        console.log(`ok - ${name}${note ? `  # ${note.replace(/\s+/g, ' ')}` : ''}`);
        await page.screenshot({ path: join(SHOTS, `${String(passed + failed).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png`) });
    } catch (error) {
        failed += 1;
        console.log(`NOT ok - ${name}  # ${error.message.split('\n')[0]}`);
        await page.screenshot({ path: join(SHOTS, `failed-${name.replace(/\W+/g, '-')}.png`) });
    }
}

/** A line of the editor; the editor shows no-break spaces, hence the dots. */
const line = words => page.locator('.monaco-editor .view-line', { hasText: pattern(words) }).first();
const pattern = words => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '.'));
const problems = page.locator('.markers-panel');
const squiggle = page.locator('.monaco-editor .squiggly-warning').first();
const outlineRows = page.locator('.outline-pane .monaco-list-row');

/** Moves the mouse onto words of a line, wherever the editor has broken them into elements. */
async function pointAt(words) {
    const box = await line(words).evaluate((element, words) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const from = node.textContent.replace(/\u00a0/g, ' ').indexOf(words);
            if (from >= 0) {
                const range = document.createRange();
                range.setStart(node, from);
                range.setEnd(node, from + words.length);
                const { x, y, width, height } = range.getBoundingClientRect();
                return { x: x + width / 2, y: y + height / 2 };
            }
        }
        return null;
    }, words);
    assert(box, `“${words}” is not on the screen`);
    return box;
}

async function run(command) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor({ state: 'visible' });
    await input.fill(`>${command}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().click();
}

await step('the workbench opens the folder', async () => {
    await page.goto(`${BASE}/?folder=${encodeURIComponent(FOLDER)}`);
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'ferry.txt' }).waitFor({ timeout: 60_000 });
});
await step('the article opens', async () => {
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'ferry.txt' }).dblclick();
    await line('BERGEN').waitFor();
});
await step('the unattributed quote is underlined', async () => {
    await squiggle.waitFor({ timeout: 30_000 });
    const box = await squiggle.boundingBox();
    const text = await line('Nobody asked').boundingBox();
    assert(Math.abs(box.y - text.y) < text.height, 'the squiggle is on another line');
});
await step('hover over a leader shows the office', async () => {
    const { x, y } = await pointAt('Merkel said — and');
    await page.mouse.move(x - 60, y);
    const hover = page.locator('.monaco-hover', { hasText: /Angela.Merkel/ }).first();
    await hover.waitFor();
    const text = await hover.innerText();
    assert.match(text, /chancellor/i);
    return text;
});
await step('hover over the underlined words shows why', async () => {
    const { x, y } = await pointAt('Nobody asked');
    await page.mouse.move(x, y);
    const hover = page.locator('.monaco-hover', { hasText: 'unattributed-quote' }).first();
    await hover.waitFor();
    return hover.innerText();
});
await step('the problems list it', async () => {
    await page.keyboard.press('Control+Shift+M');
    await problems.locator('.monaco-list-row', { hasText: 'unattributed-quote' }).waitFor();
    return (await problems.locator('.monaco-list-row').allTextContents()).join(' | ');
});
await step('the outline shows people and their quotes', async () => {
    const header = page.locator('.pane-header', { hasText: 'Outline' }).first();
    if ((await header.getAttribute('aria-expanded')) !== 'true') {
        await header.click();
    }
    await outlineRows.filter({ hasText: /Angela.Merkel/ }).first().waitFor();
    await outlineRows.filter({ hasText: /The.sea.divides/ }).first().waitFor();
    return (await outlineRows.allTextContents()).join(' | ');
});
await step('a quote of the outline leads to its place', async () => {
    await outlineRows.filter({ hasText: /The.sea.divides/ }).first().click();
    await page.locator('.editor-status-selection, [id="status.editor.selection"]', { hasText: /Ln 5, Col 1/ }).waitFor();
});
await step('the problem goes when the speaker is written', async () => {
    const { x, y } = await pointAt('printed.”');
    await page.mouse.click(x, y);
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+f');
    const find = page.locator('.find-widget textarea').first();
    await find.fill('printed.”');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.type('printed,” said Jonas Lund, who fishes for cod.');
    await problems.getByText('No problems').waitFor();
    await outlineRows.filter({ hasText: /Jonas.Lund/ }).first().waitFor();
});
await step('undo brings it back', async () => {
    await run('Undo');
    await page.keyboard.press('Control+z');
    for (let i = 0; i < 60 && !(await squiggle.isVisible()); i += 1) {
        await page.keyboard.press('Control+z');
        await page.waitForTimeout(50);
    }
    await squiggle.waitFor();
});
await step('restart from the palette', async () => {
    await run('copydesk: Restart Server');
    await squiggle.waitFor();
});
await step('Markdown keeps its headings, and the people stand beside them', async () => {
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'harbour.md' }).dblclick();
    await line('Two pilots').waitFor();
    await outlineRows.filter({ hasText: /Two.pilots/ }).first().waitFor();
    await outlineRows.filter({ hasText: /Ingrid.Solheim/ }).first().waitFor();
    const rows = (await outlineRows.allTextContents()).map(row => row.trim());
    assert.equal(rows.filter(row => /Two.pilots/.test(row)).length, 1, `the heading stands there once: ${rows.join(' | ')}`);
    return rows.join(' | ');
});
console.log(`${passed} passed, ${failed} failed`);
await browser.close();
process.exit(failed === 0 ? 0 : 1);
