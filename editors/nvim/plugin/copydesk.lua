-- Defines the commands, and lets servers that run know of files of settings. Nothing is started and nothing is mapped
-- from here.
if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

if vim.fn.has('nvim-0.7') == 0 then
  return -- no Lua commands there; `:checkhealth copydesk` says so
end

vim.api.nvim_create_user_command('CopydeskRestart', function()
  require('copydesk').restart()
end, { desc = 'Stop the copydesk server and start it again' })

require('copydesk').follow_settings()

vim.api.nvim_create_user_command('CopydeskOutline', function()
  require('copydesk.outline').toggle()
end, { desc = 'Show or hide the people of the article and what they say' })
