--- A window with the participants of the article and what they say.
local M = {}

local namespace = vim.api.nvim_create_namespace('copydesk.outline')

--- The one outline that is open: its window and buffer, the article's buffer and its `changedtick` when it was drawn,
--- the encoding of positions, and the symbol of each line.
local open = nil

local highlights = { 'Title', 'Identifier', 'String' }

--- Writes the symbols below each other, two blanks a level. Returns the lines, the symbols by line and the marks.
local function lines_of(symbols)
  local lines, targets, marks = {}, {}, {}
  local function add(symbol, depth)
    local indent = ('  '):rep(depth)
    local name = symbol.name:gsub('%s+', ' ')
    local detail = (symbol.detail or ''):gsub('%s+', ' ')
    lines[#lines + 1] = indent .. name .. (detail ~= '' and '  ' .. detail or '')
    targets[#lines] = symbol
    local group = highlights[math.min(depth + 1, #highlights)]
    marks[#marks + 1] = { #lines - 1, #indent, #indent + #name, group }
    marks[#marks + 1] = { #lines - 1, #indent + #name, #lines[#lines], 'Comment' }
    for _, child in ipairs(symbol.children or {}) do
      add(child, depth + 1)
    end
  end
  for _, symbol in ipairs(symbols) do
    add(symbol, 0)
  end
  return lines, targets, marks
end

local function draw(symbols)
  local lines, targets, marks = lines_of(symbols)
  if #lines == 0 then
    lines = { 'Nobody is named here.' }
  end
  open.targets = targets
  vim.bo[open.buffer].modifiable = true
  vim.api.nvim_buf_set_lines(open.buffer, 0, -1, false, lines)
  vim.bo[open.buffer].modifiable = false
  vim.api.nvim_buf_clear_namespace(open.buffer, namespace, 0, -1)
  for _, mark in ipairs(marks) do
    vim.api.nvim_buf_set_extmark(open.buffer, namespace, mark[1], mark[2], { end_col = mark[3], hl_group = mark[4] })
  end
end

--- Asks the server, and draws when it has answered; not again for a text that is drawn already.
local function refresh()
  if not open or not vim.api.nvim_buf_is_valid(open.article) then
    return
  end
  local client = require('copydesk').clients(open.article)[1]
  local tick = vim.api.nvim_buf_get_changedtick(open.article)
  if not client or open.tick == tick then
    return
  end
  open.tick, open.encoding = tick, client.offset_encoding or 'utf-16'
  local params = { textDocument = { uri = vim.uri_from_bufnr(open.article) } }
  local function answer(err, result)
    if not open then
      return
    end
    if err then
      -- The text has changed meanwhile: the next change asks again.
      open.tick = nil
    elseif vim.api.nvim_buf_is_valid(open.buffer) then
      draw(result or {})
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('textDocument/documentSymbol', params, answer, open.article)
  else
    client.request('textDocument/documentSymbol', params, answer, open.article)
  end
end

--- Puts the cursor of the article's window on what stands in the outline's current line.
local function jump()
  local symbol = open and open.targets[vim.fn.line('.')]
  if not symbol then
    return
  end
  local window = vim.fn.bufwinid(open.article)
  if window == -1 then
    vim.cmd('wincmd p')
    vim.api.nvim_set_current_buf(open.article)
  else
    vim.api.nvim_set_current_win(window)
  end
  local location = { uri = vim.uri_from_bufnr(open.article), range = symbol.selectionRange }
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(location, open.encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, open.encoding)
  end
end

local function close()
  if not open then
    return
  end
  local window, group = open.window, open.group
  open = nil
  vim.api.nvim_del_augroup_by_id(group)
  if vim.api.nvim_win_is_valid(window) and #vim.api.nvim_list_wins() > 1 then
    vim.api.nvim_win_close(window, true)
  end
end

--- Shows the outline of the current buffer beside it, or hides it.
function M.toggle()
  if open then
    close()
    return
  end
  local article, window = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  if #require('copydesk').clients(article) == 0 then
    vim.notify('copydesk: no server is attached to this buffer; see :checkhealth copydesk', vim.log.levels.WARN)
    return
  end
  vim.cmd('botright vertical 44new')
  open = {
    article = article,
    window = vim.api.nvim_get_current_win(),
    buffer = vim.api.nvim_get_current_buf(),
    targets = {},
    group = vim.api.nvim_create_augroup('copydesk.outline', { clear = true }),
  }
  local buffer = vim.bo[open.buffer]
  buffer.buftype, buffer.bufhidden, buffer.swapfile, buffer.buflisted = 'nofile', 'wipe', false, false
  buffer.shiftwidth, buffer.filetype = 2, 'copydesk-outline'
  local view = vim.wo[open.window]
  view.number, view.relativenumber, view.wrap, view.cursorline, view.winfixwidth = false, false, false, true, true
  view.foldmethod, view.foldlevel, view.signcolumn, view.list = 'indent', 99, 'no', false
  vim.keymap.set('n', '<CR>', jump, { buffer = open.buffer, desc = 'Go there' })
  vim.keymap.set('n', 'q', close, { buffer = open.buffer, desc = 'Close the outline' })
  vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI', 'BufWritePost' }, {
    group = open.group,
    buffer = article,
    callback = refresh,
  })
  -- The window may be closed, or its buffer replaced, by other means than ours.
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = open.group,
    buffer = open.buffer,
    callback = function()
      vim.schedule(close)
    end,
  })
  vim.api.nvim_set_current_win(window)
  refresh()
end

return M
