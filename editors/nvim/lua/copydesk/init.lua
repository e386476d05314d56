--- copydesk in Neovim.
---
--- Neovim 0.11 and later needs nothing from here: `vim.lsp.enable('copydesk')` finds lsp/copydesk.lua. Older versions
--- have no such function, and call `require('copydesk').setup()`, which does the same by hand.
local M = {}

--- Whether this Neovim enables servers by name.
local by_name = vim.lsp.config ~= nil and vim.lsp.enable ~= nil

--- What `setup()` was given, for older Neovims; see `M.config`.
local given = nil

--- The language ids of the protocol, where Neovim's filetype is called otherwise.
local language_ids = { text = 'plaintext', [''] = 'plaintext' }

local function language_id(_, filetype)
  return language_ids[filetype] or filetype
end

--- The configuration that holds when nothing is set. A fresh table at each call.
function M.defaults()
  return {
    cmd = { 'copydesk', 'lsp' },
    filetypes = { 'text', 'markdown' },
    root_markers = { 'copydesk.toml', '.git' },
    get_language_id = language_id,
    -- The server also works on a file that is in no project.
    workspace_required = false,
    -- Neovim hands the section `copydesk` of these to the server. An empty Lua table would arrive as a list.
    settings = { copydesk = vim.empty_dict() },
  }
end

--- The configuration in use, or nil where neither `vim.lsp.enable` nor `setup` was called.
function M.config()
  if by_name then
    return vim.lsp.config.copydesk
  end
  return given
end

--- The clients of copydesk: those of buffer `bufnr`, or all.
function M.clients(bufnr)
  local list = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = 'copydesk', bufnr = bufnr })
  -- Neovim 0.7 knows no filter.
  return vim.tbl_filter(function(client)
    return client.name == 'copydesk' and (bufnr == nil or vim.lsp.buf_is_attached(bufnr, client.id))
  end, list)
end

--- The folder of the nearest root marker above `path`, or the file's own folder.
local function root_of(path, markers)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  for _, marker in ipairs(markers or {}) do
    local found = vim.fn.findfile(marker, vim.fn.escape(folder, ' ,;') .. ';')
    if found == '' then
      found = vim.fn.finddir(marker, vim.fn.escape(folder, ' ,;') .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:s?[/\\\\]$??:h')
    end
  end
  return folder
end

--- Starts the server for a buffer, or attaches the one that runs: for Neovim before 0.11.
local function attach(bufnr)
  if not given or vim.bo[bufnr].buftype ~= '' then
    return
  end
  local path = vim.api.nvim_buf_get_name(bufnr)
  local config = vim.tbl_extend('force', {}, given, { name = 'copydesk' })
  config.root_dir = config.root_dir or (path ~= '' and root_of(path, given.root_markers)) or vim.loop.cwd()
  if vim.fn.executable(config.cmd[1]) == 0 then
    vim.notify_once = vim.notify_once or vim.notify
    vim.notify_once(("copydesk: '%s' is not a program here; see :checkhealth copydesk"):format(config.cmd[1]), vim.log.levels.WARN)
    return
  end
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = bufnr })
    return
  end
  -- Neovim 0.7: one client a root folder, kept by hand.
  for _, client in ipairs(M.clients()) do
    if client.config.root_dir == config.root_dir then
      vim.lsp.buf_attach_client(bufnr, client.id)
      return
    end
  end
  local id = vim.lsp.start_client(config)
  if id then
    vim.lsp.buf_attach_client(bufnr, id)
  end
end

local function matches(bufnr)
  return given ~= nil and vim.tbl_contains(given.filetypes, vim.bo[bufnr].filetype)
end

local function attach_open_buffers()
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and matches(bufnr) then
      attach(bufnr)
    end
  end
end

--- Turns copydesk on. `options` are those of |vim.lsp.Config|, laid over the defaults.
--- On Neovim 0.11 and later it is the same as `vim.lsp.config('copydesk', options)` and `vim.lsp.enable('copydesk')`.
function M.setup(options)
  options = options or {}
  if by_name then
    vim.lsp.config('copydesk', options)
    vim.lsp.enable('copydesk')
    return
  end
  given = vim.tbl_deep_extend('force', M.defaults(), options)
  -- These two are lists: a shorter one replaces, where tbl_deep_extend would mix.
  given.cmd = options.cmd or given.cmd
  given.filetypes = options.filetypes or given.filetypes
  if not vim.api.nvim_create_autocmd then
    error('copydesk needs Neovim 0.7 or later')
  end
  local group = vim.api.nvim_create_augroup('copydesk', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = given.filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
  attach_open_buffers()
end

--- The files of a project that the server reads beside articles.
local settings_files = { '*/copydesk.toml', '*/.copydesk/people.toml' }

--- Tells the servers of a buffer with one of these files: what is written there then holds at once, and what is wrong in
--- it is shown as it is typed. Its filetype starts no server.
local function tell_of(bufnr)
  local path = vim.api.nvim_buf_get_name(bufnr)
  if path == '' or vim.bo[bufnr].buftype ~= '' or not vim.api.nvim_buf_is_loaded(bufnr) then
    return
  end
  for _, client in ipairs(M.clients()) do
    local root = client.config.root_dir
    local inside = type(root) == 'string' and vim.startswith(vim.fn.fnamemodify(path, ':p'), root .. '/')
    if inside and not vim.lsp.buf_is_attached(bufnr, client.id) then
      vim.lsp.buf_attach_client(bufnr, client.id)
    end
  end
end

--- Sees to it that servers hear of the files of settings that are open, and of those that are opened.
function M.follow_settings()
  local group = vim.api.nvim_create_augroup('copydesk_settings', { clear = true })
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile', 'BufWinEnter' }, {
    group = group,
    pattern = settings_files,
    callback = function(event)
      tell_of(event.buf)
    end,
  })
  if vim.fn.exists('##LspAttach') == 0 then
    return -- Neovim 0.7
  end
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if not client or client.name ~= 'copydesk' then
        return
      end
      for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
        local path = vim.api.nvim_buf_get_name(bufnr)
        if path:find('/copydesk%.toml$') or path:find('/%.copydesk/people%.toml$') then
          tell_of(bufnr)
        end
      end
    end,
  })
end

local function stop(client, force)
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop(force)
  else
    client.stop(force)
  end
end

--- Stops the server and starts it again for the buffers that it served.
function M.restart()
  local old = M.clients()
  if #old == 0 then
    vim.notify('copydesk: no server runs; see :checkhealth copydesk', vim.log.levels.WARN)
    return
  end
  local served = {}
  for _, client in ipairs(old) do
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      if vim.lsp.buf_is_attached(bufnr, client.id) then
        served[#served + 1] = { bufnr = bufnr, config = client.config }
      end
    end
    stop(client)
  end
  -- A new client may only start when the old process is gone, else `vim.lsp.start` takes the old one.
  local waited = 0
  local function start_again()
    if #M.clients() > 0 and waited < 3000 then
      waited = waited + 20
      if waited == 1000 then
        for _, client in ipairs(M.clients()) do
          stop(client, true)
        end
      end
      vim.defer_fn(start_again, 20)
      return
    end
    for _, one in ipairs(served) do
      if vim.api.nvim_buf_is_valid(one.bufnr) then
        if vim.lsp.start then
          vim.lsp.start(one.config, { bufnr = one.bufnr })
        else
          attach(one.bufnr)
        end
      end
    end
  end
  vim.defer_fn(start_again, 20)
end

return M
