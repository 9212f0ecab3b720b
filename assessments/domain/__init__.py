"""The rules of the product. Standard library only: no Django, no database, no clock."""
