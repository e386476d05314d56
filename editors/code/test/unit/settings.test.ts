import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forServer, showsOutline } from '../../src/settings';

test('what is left at its default is left to copydesk.toml', () => {
    assert.deepEqual(
        forServer({
            enable: true,
            path: '/x',
            outline: 'always',
            trace: { server: 'off' },
            date: '',
            rules: { 'unattributed-quote': 'default', 'unclosed-quote': 'off' },
        }),
        { rules: { 'unclosed-quote': 'off' } },
    );
});

test('what is set is passed on', () => {
    assert.deepEqual(forServer({ date: ' 2019-05-14 ', rules: {}, maxBytes: 10 }), { date: '2019-05-14', rules: {}, maxBytes: 10 });
});

test('a value of the wrong kind is passed on, so that the server can say so', () => {
    assert.deepEqual(forServer({ date: 2019 }), { date: 2019 });
    for (const odd of [null, 'x', [1]]) {
        assert.deepEqual(forServer(odd), odd);
    }
});

test('the outline can be kept out of Markdown, or out of everything', () => {
    assert.deepEqual(['plaintext', 'markdown'].map(id => showsOutline('always', id)), [true, true]);
    assert.deepEqual(['plaintext', 'markdown'].map(id => showsOutline('plaintext', id)), [true, false]);
    assert.deepEqual(['plaintext', 'markdown'].map(id => showsOutline('never', id)), [false, false]);
    assert.equal(showsOutline(undefined, 'markdown'), true);
});
