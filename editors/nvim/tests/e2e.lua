-- Neovim as a reporter has it, headless: nvim --clean --headless -c 'luafile editors/nvim/tests/e2e.lua'
--
-- COPYDESK_BIN names the server, NEWSROOM a copy of the folder with the article; editors/test.sh sets both.
-- Not `nvim -l`: that never draws, and 0.7 has no such flag.

local plugin = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')
local binary = assert(os.getenv('COPYDESK_BIN'), 'COPYDESK_BIN is not set')
local newsroom = assert(os.getenv('NEWSROOM'), 'NEWSROOM is not set')
local since_11 = vim.fn.has('nvim-0.11') == 1

local passed, failed = 0, 0

local function print_line(text)
  io.stdout:write(text, '\n')
end

--- Calls `check` until it returns something true, for at most eight seconds, and counts the outcome.
local function expect(name, check)
  local value, message
  vim.wait(8000, function()
    local fine, result = pcall(check)
    value, message = fine and result, not fine and result or nil
    return value
  end, 10)
  if value then
    passed = passed + 1
    print_line(('ok - %s%s'):format(name, type(value) == 'string' and '  # ' .. value:gsub('%s+', ' ') or ''))
  else
    failed = failed + 1
    print_line(('NOT ok - %s%s'):format(name, message and '  # ' .. tostring(message) or ''))
  end
  return value
end

local function finish()
  print_line(('%d passed, %d failed'):format(passed, failed))
  vim.cmd('cquit ' .. (failed > 0 and 1 or 0))
end

-- Line and column (from 0, bytes) of the `nth` occurrence of `words` in the buffer.
local function find(words, nth)
  local left = nth or 1
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local from = 1
    while true do
      local first, last = line:find(words, from, true)
      if not first then
        break
      end
      left = left - 1
      if left == 0 then
        return number - 1, first - 1
      end
      from = last + 1
    end
  end
  error(('“%s” is not in the article'):format(words))
end

local function put_cursor_on(words, nth)
  local line, column = find(words, nth)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
end

local function text_of_float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), ' | ')
    end
  end
  return ''
end

local function close_floats()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      vim.api.nvim_win_close(window, true)
    end
  end
end

local function main()
  local version = vim.version()
  print_line(('# Neovim %d.%d.%d'):format(version.major, version.minor, version.patch))

  vim.opt.runtimepath:prepend(plugin)
  vim.opt.swapfile = false
  vim.cmd('runtime plugin/copydesk.lua')
  vim.cmd('filetype on')
  local copydesk = require('copydesk')

  -- Turned on as README.md says.
  if since_11 then
    vim.lsp.config('copydesk', { cmd = { binary, 'lsp' } })
    vim.lsp.enable('copydesk')
  else
    copydesk.setup({ cmd = { binary, 'lsp' } })
  end
  vim.cmd('edit ' .. vim.fn.fnameescape(newsroom .. '/ferry.txt'))
  local article = vim.api.nvim_get_current_buf()

  if
    not expect('the server attaches when an article is opened', function()
      local client = copydesk.clients(article)[1]
      return client and (client.initialized or not since_11) and client.offset_encoding
    end)
  then
    return
  end
  local client = copydesk.clients(article)[1]
  expect('its root is the folder of copydesk.toml', function()
    return vim.loop.fs_realpath(client.config.root_dir) == vim.loop.fs_realpath(newsroom)
  end)

  expect('the unattributed quote is underlined, exactly', function()
    local found = vim.diagnostic.get(article)
    assert(#found == 1, #found .. ' findings')
    local one = found[1]
    local words = vim.api.nvim_buf_get_lines(article, one.lnum, one.lnum + 1, false)[1]:sub(one.col + 1, one.end_col)
    assert(words == '“Nobody asked the fishermen before the timetable was printed.”', words)
    assert(one.code == nil or one.code == 'unattributed-quote', one.code)
    return one.message
  end)

  -- The line has an emoji before the name: wrong columns would miss it.
  put_cursor_on('Merkel')
  vim.lsp.buf.hover()
  expect('hover on a leader shows the office on the date of the article', function()
    local text = text_of_float()
    return text:find('Angela Merkel', 1, true) and text:find('[Cc]hancellor') and text
  end)
  close_floats()

  expect('a name that is in no list is explained too', function()
    put_cursor_on('Solheim', 2)
    vim.lsp.buf.hover()
    local text = ''
    vim.wait(1000, function()
      text = text_of_float()
      return text:find('Ingrid Solheim', 1, true)
    end, 10)
    return text:find('Ingrid Solheim', 1, true) and text
  end)

  local symbols
  expect('the outline has the people, with what they say below them', function()
    local answers = vim.lsp.buf_request_sync(article, 'textDocument/documentSymbol', {
      textDocument = { uri = vim.uri_from_bufnr(article) },
    }, 3000)
    for _, answer in pairs(answers or {}) do
      symbols = answer.result
    end
    local shown = {}
    for _, root in ipairs(symbols) do
      for _, entity in ipairs(root.children or {}) do
        for _, quote in ipairs(entity.children or {}) do
          shown[#shown + 1] = root.name .. ' > ' .. entity.name .. ' > ' .. quote.name
        end
      end
    end
    local all = table.concat(shown, ' ; ')
    assert(all:find('People > Angela Merkel > [^;]*The sea divides'), all)
    assert(all:find('People > Ingrid Solheim > [^;]*We still need'), all)
    return all
  end)

  put_cursor_on('Solheim', 2)
  vim.lsp.buf.definition()
  expect('definition goes to the first mention', function()
    local line, column = find('Ingrid Solheim')
    local cursor = vim.api.nvim_win_get_cursor(0)
    return cursor[1] == line + 1 and cursor[2] == column
  end)

  put_cursor_on('Merkel')
  vim.lsp.buf.references({ includeDeclaration = true })
  expect('references list every mention', function()
    local lines = {}
    for _, item in ipairs(vim.fn.getqflist()) do
      lines[#lines + 1] = item.lnum
    end
    return vim.deep_equal(lines, { 3, 5 })
  end)
  vim.cmd('cclose')
  vim.api.nvim_set_current_buf(article)

  put_cursor_on('she said')
  vim.lsp.buf.document_highlight()
  expect('highlights mark the same person, pronouns too', function()
    local marked = {}
    for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
      if name:find('references') then
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(article, namespace, 0, -1, { details = true })) do
          local line = vim.api.nvim_buf_get_lines(article, mark[2], mark[2] + 1, false)[1]
          marked[#marked + 1] = line:sub(mark[3] + 1, mark[4].end_col)
        end
      end
    end
    local all = table.concat(marked, ', ')
    return all:find('Solheim') and all:find('she') and all
  end)
  vim.lsp.buf.clear_references()

  vim.cmd('CopydeskOutline')
  local outline
  local function outline_lines()
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      if vim.bo[bufnr].filetype == 'copydesk-outline' then
        outline = bufnr
        return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n')
      end
    end
    return ''
  end
  expect(':CopydeskOutline shows the tree in a window', function()
    local text = outline_lines()
    return text:find('\n    [^\n]*The sea divides') and text:find('  Ingrid Solheim', 1, true) and text
  end)
  vim.api.nvim_set_current_win(vim.fn.bufwinid(outline))
  vim.fn.search('The sea divides')
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('<CR>', true, false, true), 'x', false)
  expect('<CR> there goes to the quote', function()
    local line = find('The sea divides')
    return vim.api.nvim_get_current_buf() == article and vim.api.nvim_win_get_cursor(0)[1] == line + 1
  end)

  if vim.lsp.inlay_hint then
    vim.lsp.inlay_hint.enable(true, { bufnr = article })
    expect('who spoke is written at pronouns', function()
      vim.cmd('redraw!')
      for _, hint in ipairs(vim.lsp.inlay_hint.get({ bufnr = article })) do
        if hint.inlay_hint.label == '(Solheim)' then
          return 'line ' .. hint.inlay_hint.position.line + 1
        end
      end
    end)
  end
  if vim.lsp.semantic_tokens then
    expect('names are colored, behind an emoji too', function()
      local line, column = find('Angela Merkel')
      local groups = {}
      for _, token in ipairs(vim.inspect_pos(article, line, column).semantic_tokens) do
        groups[#groups + 1] = token.opts.hl_group
      end
      return table.concat(groups, ' ')
    end)
  end
  -- Two lenses stand above the line that introduces Ingrid Solheim; the one that counts quotes leads to the first.
  -- 0.10 and later know `window/showDocument`, and refresh by themselves from 0.12 on.
  if vim.fn.has('nvim-0.10') == 1 then
    local enable = vim.lsp.codelens.enable
    if enable then
      enable(true, { bufnr = article })
    else
      vim.lsp.codelens.refresh({ bufnr = article })
    end
    put_cursor_on('Ingrid Solheim')
    local before = vim.api.nvim_win_get_cursor(0)
    local select = vim.ui.select
    vim.ui.select = function(items, options, choose)
      for i, item in ipairs(items) do
        local shown = options.format_item and options.format_item(item) or ''
        if shown:find('2 quotes', 1, true) then
          choose(item, i)
          return
        end
      end
      choose(nil)
    end
    local asked = false
    expect('a lens leads to the first of the quotes that it counts', function()
      if not asked then
        asked = #(vim.lsp.codelens.get(enable and { bufnr = article } or article)) > 0
        if asked then
          vim.lsp.codelens.run()
        end
      end
      local now = vim.api.nvim_win_get_cursor(0)
      local line, column = find('“We still need')
      return now[1] == line + 1 and now[2] == column and before[2] ~= now[2]
    end)
    vim.ui.select = select
  end
  put_cursor_on('Solheim', 2)
  vim.lsp.buf.rename('Solhaug')
  expect('rename changes every mention of the person', function()
    local text = table.concat(vim.api.nvim_buf_get_lines(article, 0, -1, false), '\n')
    return text:find('Ingrid Solhaug', 1, true) and text:find('\nSolhaug will meet', 1, true)
  end)
  vim.cmd('silent undo')

  put_cursor_on('Nobody asked')
  expect('the finding is there again', function()
    return #vim.diagnostic.get(article) == 1
  end)
  -- The user's choice among the offers.
  local offered = {}
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      offered[#offered + 1] = action.title
    end
    for i, item in ipairs(items) do
      if (item.action or item[2]).title:find('Solheim said', 1, true) then
        choose(item, i)
        return
      end
    end
    choose(nil)
  end
  vim.lsp.buf.code_action()
  expect('the quick fix names a speaker', function()
    local text = table.concat(vim.api.nvim_buf_get_lines(article, 0, -1, false), '\n')
    assert(text:find('printed,” [%a ]*Solheim said%.'), table.concat(offered, ' | '))
    return #vim.diagnostic.get(article) == 0 and table.concat(offered, ' | ')
  end)
  vim.cmd('silent undo')

  -- The writer names the speaker.
  expect('undo takes it back', function()
    return #vim.diagnostic.get(article) == 1
  end)
  local line = find('Nobody asked')
  local before = vim.api.nvim_buf_get_lines(article, line, line + 1, false)[1]
  local after = before:gsub('printed%.”', 'printed,” said Jonas Lund, who fishes for cod.')
  vim.api.nvim_buf_set_lines(article, line, line + 1, false, { after })
  expect('the underline goes when the speaker is written', function()
    return #vim.diagnostic.get(article) == 0
  end)
  vim.api.nvim_exec_autocmds('TextChanged', { buffer = article })
  expect('the outline follows the text', function()
    return outline_lines():find('Jonas Lund', 1, true)
  end)
  vim.api.nvim_buf_set_lines(article, line, line + 1, false, { before })
  expect('and comes back with the old words', function()
    return #vim.diagnostic.get(article) == 1
  end)
  vim.cmd('CopydeskOutline')
  expect('the outline closes', function()
    return outline_lines() == ''
  end)

  -- Somebody whom nobody knows is added to the project's list, which is made for it.
  put_cursor_on('Ingrid Solheim')
  local titles = {}
  vim.ui.select = function(items, _, choose)
    for i, item in ipairs(items) do
      local action = item.action or item[2]
      titles[#titles + 1] = action.title
      if action.title:find('to the project', 1, true) then
        choose(item, i)
        return
      end
    end
    choose(nil)
  end
  vim.lsp.buf.code_action()
  expect('a quick fix adds a person to a list that it makes', function()
    local people = vim.fn.bufnr(newsroom .. '/.copydesk/people.toml')
    assert(people > 0, table.concat(titles, ' | '))
    vim.fn.bufload(people)
    local row = table.concat(vim.api.nvim_buf_get_lines(people, 0, -1, false), '\n')
    assert(row:find('name = "Ingrid Solheim"', 1, true), row)
    return row
  end)
  vim.api.nvim_set_current_buf(article)
  expect('and she is known before that is saved', function()
    assert(vim.bo[vim.fn.bufnr(newsroom .. '/.copydesk/people.toml')].modified, 'it is saved')
    local params = vim.lsp.util.make_position_params(0, 'utf-16')
    params.context = { diagnostics = {} }
    params.range = { start = params.position, ['end'] = params.position }
    local answers = vim.lsp.buf_request_sync(article, 'textDocument/codeAction', params, 2000)
    local offers = vim.inspect(answers)
    return not offers:find('to the project', 1, true)
  end)
  expect('a fault in the list is shown in it', function()
    local people = vim.fn.bufnr(newsroom .. '/.copydesk/people.toml')
    local lines = vim.api.nvim_buf_get_lines(people, 0, -1, false)
    if lines[#lines] ~= 'nonsense = 1' then
      vim.api.nvim_buf_set_lines(people, -1, -1, false, { 'nonsense = 1' })
    end
    local found = vim.diagnostic.get(people)[1]
    return found and found.message
  end)
  expect('and a list that is mended can be saved', function()
    local people = vim.fn.bufnr(newsroom .. '/.copydesk/people.toml')
    local lines = vim.api.nvim_buf_get_lines(people, 0, -1, false)
    if lines[#lines] == 'nonsense = 1' then
      vim.api.nvim_buf_set_lines(people, #lines - 1, -1, false, {})
    end
    if #vim.diagnostic.get(people) > 0 then
      return false
    end
    vim.api.nvim_buf_call(people, function()
      vim.cmd('silent write!')
    end)
    return not vim.bo[people].modified and vim.fn.getfsize(newsroom .. '/.copydesk/people.toml') > 0
  end)

  expect(':checkhealth copydesk finds no fault', function()
    vim.cmd('checkhealth copydesk')
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    vim.cmd('bwipeout!')
    assert(not text:find('ERROR') and not text:find('WARNING'), text)
    assert(text:find('copydesk %d+%.%d+%.%d+'), text)
    return text:match('buffer %d+:[^\n]+')
  end)

  vim.api.nvim_set_current_buf(article)
  local old = client.id
  vim.cmd('CopydeskRestart')
  expect(':CopydeskRestart brings a new server', function()
    local now = copydesk.clients(article)[1]
    return now and now.id ~= old and #vim.diagnostic.get(article) == 1
  end)

  if since_11 then
    vim.lsp.enable('copydesk', false)
  else
    copydesk.clients(article)[1].stop()
  end
  expect('the server stops', function()
    return #copydesk.clients() == 0
  end)
end

local fine, message = xpcall(main, debug.traceback)
if not fine then
  failed = failed + 1
  print_line('NOT ok - the script breaks: ' .. message)
end
finish()
