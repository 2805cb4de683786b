"""The fictional county's two-year campaign (攻坚行动): a small plan whose whole life fits two years."""
