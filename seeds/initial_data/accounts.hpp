#pragma once

namespace initial_data {

/// The base chart of accounts: code, code of the heading, name, type, side that increases it.
/// Accounts without a heading are headings themselves and take no postings. An account whose side is not
/// that of its type is a contra account.
constexpr char accounts[] = R"sql(
  VALUES
    ('1000', NULL,   'Assets',                        'asset',     'debit'),
    ('1010', '1000', 'Cash in drawers',               'asset',     'debit'),
    ('1020', '1000', 'Petty cash',                    'asset',     'debit'),
    ('1030', '1000', 'Cash on the way to the bank',   'asset',     'debit'),
    ('1040', '1000', 'Card clearing',                 'asset',     'debit'),
    ('1050', '1000', 'Bank account',                  'asset',     'debit'),
    ('1200', '1000', 'Accounts receivable',           'asset',     'debit'),
    ('1300', '1000', 'Inventory',                     'asset',     'debit'),
    ('1400', '1000', 'Prepaid expenses',              'asset',     'debit'),
    ('1500', '1000', 'Equipment and fixtures',        'asset',     'debit'),
    ('1590', '1000', 'Accumulated depreciation',      'asset',     'credit'),
    ('2000', NULL,   'Liabilities',                   'liability', 'credit'),
    ('2010', '2000', 'Accounts payable',              'liability', 'credit'),
    ('2100', '2000', 'Sales tax payable',             'liability', 'credit'),
    ('2200', '2000', 'Gift cards outstanding',        'liability', 'credit'),
    ('2210', '2000', 'Store credit outstanding',      'liability', 'credit'),
    ('2220', '2000', 'Customer deposits',             'liability', 'credit'),
    ('2300', '2000', 'Payroll liabilities',           'liability', 'credit'),
    ('2310', '2000', 'Tips payable',                  'liability', 'credit'),
    ('2500', '2000', 'Loans payable',                 'liability', 'credit'),
    ('3000', NULL,   'Equity',                        'equity',    'credit'),
    ('3010', '3000', 'Owner capital',                 'equity',    'credit'),
    ('3020', '3000', 'Owner drawings',                'equity',    'debit'),
    ('3100', '3000', 'Retained earnings',             'equity',    'credit'),
    ('3900', '3000', 'Opening balances',              'equity',    'credit'),
    ('4000', NULL,   'Revenue',                       'revenue',   'credit'),
    ('4010', '4000', 'Sales of goods',                'revenue',   'credit'),
    ('4020', '4000', 'Services',                      'revenue',   'credit'),
    ('4100', '4000', 'Returns and allowances',        'revenue',   'debit'),
    ('4110', '4000', 'Discounts given',               'revenue',   'debit'),
    ('4900', '4000', 'Other income',                  'revenue',   'credit'),
    ('5000', NULL,   'Cost of sales',                 'expense',   'debit'),
    ('5010', '5000', 'Cost of goods sold',            'expense',   'debit'),
    ('5100', '5000', 'Stock shrinkage and counts',    'expense',   'debit'),
    ('5200', '5000', 'Freight in',                    'expense',   'debit'),
    ('6000', NULL,   'Operating expenses',            'expense',   'debit'),
    ('6010', '6000', 'Wages and salaries',            'expense',   'debit'),
    ('6020', '6000', 'Rent',                          'expense',   'debit'),
    ('6030', '6000', 'Utilities',                     'expense',   'debit'),
    ('6040', '6000', 'Card processing fees',          'expense',   'debit'),
    ('6050', '6000', 'Supplies',                      'expense',   'debit'),
    ('6060', '6000', 'Marketing',                     'expense',   'debit'),
    ('6070', '6000', 'Insurance',                     'expense',   'debit'),
    ('6080', '6000', 'Repairs and maintenance',       'expense',   'debit'),
    ('6090', '6000', 'Depreciation',                  'expense',   'debit'),
    ('6100', '6000', 'Bank charges',                  'expense',   'debit'),
    ('6900', '6000', 'Cash over and short',           'expense',   'debit')
)sql";

}  // namespace initial_data
