--- `:checkhealth copydesk`
local M = {}

-- Before Neovim 0.10 these had other names, and before 0.8 another home.
local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local failed = health.error or health.report_error
local info = health.info or health.report_info

local function check_neovim()
  local v = vim.version()
  local version = ('Neovim %d.%d.%d'):format(v.major, v.minor, v.patch)
  if vim.fn.has('nvim-0.11') == 1 then
    ok(version .. ", turned on by vim.lsp.enable('copydesk')")
  elseif vim.fn.has('nvim-0.7') == 1 then
    ok(version .. ", turned on by require('copydesk').setup()")
  else
    failed(version .. ' is too old', { 'Take Neovim 0.7 or later; 0.11 or later is best.' })
  end
end

--- Whether the program is there and answers; reports what it is.
local function check_program(command)
  if type(command) == 'function' then
    info('The server is started by a function of your configuration')
    return
  end
  local path = vim.fn.exepath(command[1])
  if path == '' then
    failed(("There is no program '%s'"):format(command[1]), {
      'Install it, in a clone of its repository: cargo install --locked --path .',
      'If it is installed, put its folder (often ~/.cargo/bin) on the PATH that Neovim sees.',
      "Or name it: vim.lsp.config('copydesk', { cmd = { '/path/to/copydesk', 'lsp' } }), before Neovim 0.11 the same table to require('copydesk').setup()",
    })
    return
  end
  local answer = vim.trim(vim.fn.system({ path, '--version' }))
  if vim.v.shell_error ~= 0 or not answer:match('^copydesk %d') then
    failed(("'%s --version' answers: %s"):format(path, answer), { 'Another program of that name comes first on the PATH.' })
  else
    ok(('%s, %s'):format(answer, path))
  end
end

local function check_enabled(config)
  local filetypes = table.concat(config.filetypes or {}, ', ')
  if vim.lsp.is_enabled then
    if vim.lsp.is_enabled('copydesk') then
      ok('Enabled for ' .. filetypes)
    else
      warn('Not enabled', { "Put vim.lsp.enable('copydesk') into init.lua." })
    end
  else
    info('Set up for ' .. filetypes)
  end
end

local function check_clients()
  local clients = require('copydesk').clients()
  if #clients == 0 then
    info('No server runs. One starts when a file of these types is opened.')
  end
  for _, client in ipairs(clients) do
    local server = client.server_info or {}
    ok(('Client %d: server %s, positions in %s, root %s'):format(
      client.id,
      server.version or '(version unknown)',
      client.offset_encoding or 'utf-16',
      client.config.root_dir or '(none)'
    ))
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      if vim.lsp.buf_is_attached(bufnr, client.id) then
        local name = vim.api.nvim_buf_get_name(bufnr)
        info(('  buffer %d: %s (%s), %d findings'):format(
          bufnr,
          name == '' and '(no name)' or vim.fn.fnamemodify(name, ':~:.'),
          vim.bo[bufnr].filetype,
          #vim.diagnostic.get(bufnr)
        ))
      end
    end
  end
end

function M.check()
  start('copydesk')
  check_neovim()
  local config = require('copydesk').config()
  if not config then
    warn('Not set up', { "Put require('copydesk').setup() into init.lua." })
    config = require('copydesk').defaults()
  end
  check_program(config.cmd)
  check_enabled(config)
  check_clients()
end

return M
