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

/** The middle of words of a line, wherever the editor has broken them into elements. */
async function placeOf(words) {
    const place = await line(words).evaluate((element, words) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const characters = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            [...node.data].reduce((at, character) => {
                characters.push({ node, at, character: character === '\u00a0' ? ' ' : character });
                return at + character.length;
            }, 0);
        }
        const text = characters.map(c => c.character);
        const from = text.findIndex((_, i) => text.slice(i, i + [...words].length).join('') === words);
        if (from < 0) {
            return null;
        }
        const range = document.createRange();
        const first = characters[from];
        const last = characters[from + [...words].length - 1];
        range.setStart(first.node, first.at);
        range.setEnd(last.node, last.at + last.character.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
    }, words);
    assert(place, `“${words}” is not on the screen`);
    return place;
}

/** Rests the mouse on words until a hover with the given text appears; the first move may come too early. */
async function hover(words, text) {
    // A hover that is still open may lie over the words.
    await page.mouse.move(1200, 780);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    const { x, y } = await placeOf(words);
    const shown = page.locator('.monaco-hover', { hasText: text }).first();
    for (let i = 0; i < 5; i += 1) {
        await page.mouse.move(x + i, y);
        try {
            await shown.waitFor({ timeout: 4000 });
            break;
        } catch (error) {
            if (i === 4) {
                throw error;
            }
        }
    }
    return shown.innerText();
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
    // Underlines are drawn anew when the text moves, as it does when the lenses come.
    for (let end = Date.now() + 10_000; ; await page.waitForTimeout(50)) {
        const under = await squiggle.boundingBox();
        const text = await line('Nobody asked').boundingBox();
        if (under && text && Math.abs(under.y - text.y) < text.height) {
            break;
        }
        assert(Date.now() < end, 'the underline is on another line');
    }
});
await step('hover over a leader shows the office', async () => {
    // The link's own words may come first.
    return hover('Merkel', /on the article's date: Chancellor/);
});
await step('hover over the underlined words shows why', () => hover('fishermen', 'unattributed-quote'));
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
    // The list of files makes room.
    await page.locator('.pane-header', { hasText: 'newsroom' }).first().click();
    await outlineRows.filter({ hasText: /Angela.Merkel/ }).first().waitFor();
    await outlineRows.filter({ hasText: /The.sea.divides/ }).first().waitFor();
    return (await outlineRows.allTextContents()).join(' | ');
});
await step('a quote of the outline leads to its place', async () => {
    await outlineRows.filter({ hasText: /The.sea.divides/ }).first().click();
    await page.locator('.editor-status-selection, [id="status.editor.selection"]', { hasText: /Ln 5, Col 1/ }).waitFor();
});
await step('who spoke is written behind a pronoun', async () => {
    // The line may be broken before it.
    await line('(Solheim)').waitFor();
});
await step('a lens shows the mentions', async () => {
    await page.locator('.codelens-decoration a', { hasText: 'Angela Merkel' }).first().click();
    await page.locator('.reference-zone-widget').first().waitFor();
    await page.screenshot({ path: join(SHOTS, 'mentions.png') });
    await page.keyboard.press('Escape');
});
await step('the quick fix names a speaker', async () => {
    const { x, y } = await placeOf('fishermen');
    await page.mouse.click(x, y);
    await page.keyboard.press('Control+.');
    const row = page.locator('.action-widget .monaco-list-row', { hasText: 'Solheim said' }).first();
    await row.waitFor();
    await page.screenshot({ path: join(SHOTS, 'quick-fixes.png') });
    // The list takes keys; a click would first have to win against its animation.
    await page.keyboard.press('Enter');
    await line('Solheim said.').waitFor();
    await problems.getByText('No problems').waitFor();
    await page.keyboard.press('Control+z');
    await squiggle.waitFor();
});
await step('the problem goes when the speaker is written', async () => {
    const { x, y } = await placeOf('printed.”');
    await page.mouse.click(x, y);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(',” said Jonas Lund, who fishes for cod.');
    await problems.getByText('No problems').waitFor();
    await outlineRows.filter({ hasText: /Jonas.Lund/ }).first().waitFor();
});
await step('undo brings it back', async () => {
    for (let i = 0; i < 20 && !(await line('printed.”').isVisible()); i += 1) {
        await page.keyboard.press('Control+z');
    }
    await squiggle.waitFor();
});
await step('restart from the palette', async () => {
    await run('copydesk: Restart Server');
    await squiggle.waitFor();
});
await step('Markdown keeps its headings, and the people stand beside them', async () => {
    const files = page.locator('.pane-header', { hasText: 'newsroom' }).first();
    await files.click();
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'harbour.md' }).dblclick();
    await files.click();
    await line('Two pilots').waitFor();
    for (const group of ['People & quotes', 'Markdown Language Features', '# One pilot too few']) {
        const row = outlineRows.filter({ hasText: group.replace(/ /g, '\u00a0') }).or(outlineRows.filter({ hasText: group })).first();
        await row.waitFor();
        if ((await row.getAttribute('aria-expanded')) !== 'true') {
            await row.locator('.monaco-tl-twistie').click();
        }
    }
    await outlineRows.filter({ hasText: /Two.pilots/ }).first().waitFor();
    await outlineRows.filter({ hasText: /Ingrid.Solheim/ }).first().waitFor();
    const rows = (await outlineRows.allTextContents()).map(row => row.trim());
    assert.equal(rows.filter(row => /Two.pilots/.test(row)).length, 1, `the heading stands there once: ${rows.join(' | ')}`);
    return rows.join(' | ');
});
console.log(`${passed} passed, ${failed} failed`);
await browser.close();
process.exit(failed === 0 ? 0 : 1);
