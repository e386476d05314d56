-- The lines of README.md for who does without the plugin: nvim --clean --headless -c 'luafile editors/nvim/tests/readme.lua'
-- Neovim 0.11 and later. `copydesk` must be on PATH; NEWSROOM as for e2e.lua.

local folder = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')
local readme = table.concat(vim.fn.readfile(folder .. '/README.md'), '\n')
local lines = assert(readme:match('## Without this plugin.-```lua\n(.-)```'), 'README.md has no such lines')
assert(loadstring(lines))()

vim.opt.swapfile = false
vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('NEWSROOM') .. '/ferry.txt'))
local found = vim.wait(8000, function()
  return #vim.diagnostic.get(0) == 1
end, 10)
io.stdout:write(found and 'ok' or 'NOT ok', ' - the lines of README.md bring the server\n')
io.stdout:write(found and '1 passed, 0 failed\n' or '0 passed, 1 failed\n')
vim.cmd('cquit ' .. (found and 0 or 1))
