// A page of a real browser, which can reach nothing but this machine.

import { chromium } from 'playwright-core';

export async function openPage() {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.route(
        url => !['127.0.0.1', 'localhost'].includes(url.hostname),
        route => route.abort(),
    );
    return { browser, page: await context.newPage() };
}
