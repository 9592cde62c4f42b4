SELECT id FROM golden WHERE word = '';
