-- The configuration for `vim.lsp.enable('copydesk')`, Neovim 0.11 and later.
return require('copydesk').defaults()
